using System.Reflection;
using Toil.Files;

namespace Toil.Deployment;

/// <summary>Finds the files that an archive is made of.</summary>
internal static class DeploymentFiles
{
    /// <summary>Everything in a folder and the folders below it; links are followed, but not in circles.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="place">Where its content stands in the archive; empty for the top.</param>
    public static IEnumerable<DeploymentFile> OfFolder(string folder, string place = "") => Walk(folder, place, [RealPath.Of(folder)]);

    /// <summary>The running program with everything that it needs: its output folder.</summary>
    /// <returns>The files, and the place of the program among them: an assembly to start with <c>dotnet</c>, or an executable.</returns>
    public static (IEnumerable<DeploymentFile> Files, string Program) OfThisProgram()
    {
        var assembly = Assembly.GetEntryAssembly()?.Location is { Length: > 0 } location ? location : Environment.ProcessPath!;
        return (OfFolder(Path.GetDirectoryName(assembly)!), Path.GetFileName(assembly));
    }

    public static string Join(string place, string name) => place.Length == 0 ? name : $"{place}/{name}";

    private static IEnumerable<DeploymentFile> Walk(string folder, string place, List<string?> above)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return new DeploymentFile(Join(place, Path.GetFileName(file)), file);
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            var real = RealPath.Of(child);
            if (above.Contains(real))
            {
                continue;
            }

            foreach (var file in Walk(child, Join(place, Path.GetFileName(child)), [.. above, real]))
            {
                yield return file;
            }
        }
    }
}
