namespace Toil.Cwl.Files;

/// <summary>Output files that are kept as plain files that jobs share by their paths.</summary>
internal static class BypassedFiles
{
    /// <summary>Moves a file into a directory of its own, so that names never meet.</summary>
    /// <returns>Its URI.</returns>
    public static string Take(string path, string name, string directory)
    {
        var target = PlaceFor(name, directory);
        File.Move(path, target);
        return LocalFiles.ToUri(target);
    }

    /// <summary>Copies a directory with all that is in it: other outputs may name files in it, too.</summary>
    /// <returns>Its URI.</returns>
    public static string TakeDirectory(string path, string name, string directory)
    {
        var target = PlaceFor(name, directory);
        LocalFiles.Link(path, target, writable: true);
        return LocalFiles.ToUri(target);
    }

    private static string PlaceFor(string name, string directory)
    {
        var place = Path.Combine(directory, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(place);
        return Path.Combine(place, name);
    }
}
