namespace Toil.Values;

/// <summary>Finds the files that a value names, however deep. What its promises lead to isn't looked at.</summary>
internal sealed class ValueFiles : ValueFactory
{
    private readonly Dictionary<string, FileId> _files = [];

    /// <returns>Their keys.</returns>
    public static IReadOnlySet<string> In(EncodedValue value) => Find(value).Keys.ToHashSet();

    /// <returns>The files, each once.</returns>
    public static IReadOnlyCollection<FileId> Named(EncodedValue value) => Find(value).Values;

    public override object? File(FileId file)
    {
        _files[file.Key] = file;
        return null;
    }

    public override object? Hole(int index) => null;

    private static Dictionary<string, FileId> Find(EncodedValue value)
    {
        var finder = new ValueFiles();
        ValueReader.Read(value, finder);
        return finder._files;
    }
}
