namespace Toil.Scripting;

/// <summary>Which folders beside a script hold modules.</summary>
internal static class SavedModules
{
    private const string FolderName = "Modules";

    /// <summary>The folder <c>Modules</c> beside a script, as <c>Save-Module -Path</c> fills it; null when there is none.</summary>
    public static string? Beside(string script) => Path.GetDirectoryName(script) is { } folder ? In(folder) : null;

    /// <inheritdoc cref="Beside"/>
    public static string? In(string folder) => !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder)
        .FirstOrDefault(child => Path.GetFileName(child).Equals(FolderName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a folder is a module: it holds a module file of its name, or folders named by version that do.</summary>
    public static bool IsModule(string folder) => HasModuleFile(folder, Path.GetFileName(folder)) || Directory.EnumerateDirectories(folder)
        .Any(child => Version.TryParse(Path.GetFileName(child), out _) && HasModuleFile(child, Path.GetFileName(folder)));

    /// <summary>The outermost module that a folder belongs to; else the folder itself.</summary>
    public static string Outermost(string folder)
    {
        var found = folder;
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at).Length > 0 && IsModule(at))
            {
                found = at;
            }
        }

        return found;
    }

    private static bool HasModuleFile(string folder, string name) =>
        File.Exists(Path.Combine(folder, $"{name}.psd1")) || File.Exists(Path.Combine(folder, $"{name}.psm1"));
}
