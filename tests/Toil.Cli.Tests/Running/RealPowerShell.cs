namespace Toil.Cli.Tests.Running;

/// <summary>The PowerShell of this machine, for tests that a stand-in can't serve.</summary>
internal static class RealPowerShell
{
    public const string SkipReason = "Needs pwsh on PATH.";

    /// <summary>Null when there is none.</summary>
    public static readonly string? Path = Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(directory => System.IO.Path.Combine(directory, "pwsh"))
        .FirstOrDefault(File.Exists);
}
