using System.Runtime.CompilerServices;

namespace Toil.Integration.Tests.Grid;

/// <summary>Other schedulers' commands that talk to a Slurm, from Slurm's own packages, unpacked beside the repository's build output.</summary>
internal sealed class SlurmSubstitute
{
    /// <param name="name">The folder that they are in: <c>torque</c>, <c>lsf</c>.</param>
    /// <param name="slurm">The cluster.</param>
    public SlurmSubstitute(string name, SlurmCluster slurm)
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "artifacts", "substitutes"));
        var commands = Path.Combine(root, name, "usr", "bin");
        Assert.SkipUnless(Directory.Exists(commands), $"{name}'s commands over Slurm aren't here: .ci/run unpacks them to {commands}.");
        Variables = slurm.Variables.ToDictionary(one => one.Key, one => (string?)one.Value);
        Variables["PATH"] = $"{commands}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    public Dictionary<string, string?> Variables { get; }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
