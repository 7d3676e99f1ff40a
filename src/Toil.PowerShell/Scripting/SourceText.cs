using Toil.Values;

namespace Toil.Scripting;

/// <summary>A piece of a script with its place in the file, so that errors in a job point into the user's own script.</summary>
/// <param name="File">The script's path; empty for what was typed.</param>
/// <param name="Line">The first line, from 1.</param>
/// <param name="Column">The first column, from 1.</param>
/// <param name="Text">The text as it stands there, braces included.</param>
internal sealed record SourceText(string File, int Line, int Column, string Text)
{
    /// <summary>Nothing, which does nothing.</summary>
    public static readonly SourceText None = new("", 1, 1, "");

    public SourceText Move(Func<string, string> pathOf) => File.Length == 0 ? this : this with { File = pathOf(File) };

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(File);
        writer.WriteVarint(Line);
        writer.WriteVarint(Column);
        writer.WriteString(Text);
    }

    public static SourceText ReadFrom(ref ByteReader reader) =>
        new(reader.ReadString(), (int)reader.ReadVarint(), (int)reader.ReadVarint(), reader.ReadString());

    /// <summary>The text behind as many empty lines and blanks as put it in its place.</summary>
    /// <param name="usings">Using statements that it needs; they stand on the first line.</param>
    public string ToPlacedText(string usings) => Line == 1 && usings.Length > 0
        ? $"{usings}\n{Text}"
        : $"{usings}{new string('\n', Line - 1)}{new string(' ', Column - 1)}{Text}";
}
