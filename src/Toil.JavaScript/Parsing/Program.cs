namespace Toil.JavaScript.Parsing;

/// <summary>A parsed script. It holds no state of a run: any number of engines may run it at once.</summary>
internal sealed class Program(string source, string name)
{
    public string Source => source;

    public string Name => name;

    public FunctionInfo Main { get; set; } = null!;

    /// <summary>Line and column of an offset, both from 1.</summary>
    public (int Line, int Column) Locate(int offset) => Locate(source, offset);

    public static (int Line, int Column) Locate(string source, int offset)
    {
        var line = 1;
        var start = 0;
        for (var i = 0; i < offset && i < source.Length; i++)
        {
            if (source[i] == '\n' || (source[i] == '\r' && !(i + 1 < source.Length && source[i + 1] == '\n')) || source[i] is '\u2028' or '\u2029')
            {
                line++;
                start = i + 1;
            }
        }
        return (line, offset - start + 1);
    }
}
