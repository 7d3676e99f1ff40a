namespace Toil.JavaScript;

/// <summary>Parsed scripts, shared by all engines of the process: the steps of a scatter all run the same libraries.</summary>
internal static class ProgramCache
{
    private const long MostCharacters = 8 << 20;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<(string Source, string Name), Program> Programs = [];
    private static long characters;

    public static Program Get(string source, string name)
    {
        lock (Gate)
        {
            if (Programs.TryGetValue((source, name), out var known))
            {
                return known;
            }
        }
        var program = Parser.Parse(source, name);
        lock (Gate)
        {
            // Full means that no old ones will do again, as seldom as it happens.
            if (characters + source.Length > MostCharacters)
            {
                Programs.Clear();
                characters = 0;
            }
            if (source.Length <= MostCharacters && Programs.TryAdd((source, name), program))
            {
                characters += source.Length;
            }
        }
        return program;
    }
}
