namespace Toil.Cli.Tests;

/// <summary>A directory for one test.</summary>
internal sealed class WorkDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("toil-cli-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
