namespace Toil.Cwl.Files;

/// <summary>Output files that are kept as plain files that jobs share by their paths.</summary>
internal static class BypassedFiles
{
    /// <summary>Moves a file into a directory of its own, so that names never meet.</summary>
    /// <returns>Its URI.</returns>
    public static string Take(string path, string name, string directory)
    {
        Directory.CreateDirectory(directory);
        var place = Path.Combine(directory, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(place);
        var target = Path.Combine(place, name);
        File.Move(path, target);
        return LocalFiles.ToUri(target);
    }
}
