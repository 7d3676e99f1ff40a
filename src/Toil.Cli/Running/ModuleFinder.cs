namespace Toil.Cli.Running;

/// <summary>Finds the PowerShell module that belongs to this executable.</summary>
internal static class ModuleFinder
{
    public const string Variable = "TOIL_MODULE_PATH";
    private const string Manifest = "Toil.psd1";

    // In a package the executable stands in the module's bin; in a checkout, in artifacts/toil.
    private static readonly string[] Places = [".", "..", "../.."];

    /// <exception cref="UsageException">It isn't where it should be.</exception>
    public static string Find(string baseDirectory, string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            var path = Path.GetFullPath(Directory.Exists(configured) ? Path.Combine(configured, Manifest) : configured);
            return File.Exists(path) ? path : throw new UsageException($"{Variable} is '{configured}', but there is no module at {path}.");
        }

        return Places.Select(place => Path.GetFullPath(Path.Combine(baseDirectory, place, Manifest))).FirstOrDefault(File.Exists)
            ?? throw new UsageException($"The module {Manifest} is not beside this executable ({baseDirectory}). Name its folder in {Variable}.");
    }
}
