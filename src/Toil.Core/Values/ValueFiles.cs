namespace Toil.Values;

/// <summary>Finds the files that a value names, however deep.</summary>
internal sealed class ValueFiles : ValueFactory
{
    private readonly HashSet<string> _keys = [];

    /// <returns>Their keys.</returns>
    public static IReadOnlySet<string> In(EncodedValue value)
    {
        var finder = new ValueFiles();
        ValueReader.Read(value, finder);
        return finder._keys;
    }

    public override object? File(FileId file)
    {
        _keys.Add(file.Key);
        return null;
    }
}
