namespace Toil.Integration.Tests;

/// <summary>The places that one workflow uses, all in a directory that goes with the test.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("toil-it-");

    public Scratch()
    {
        Directory.CreateDirectory(WorkDirectory);
        Directory.CreateDirectory(TempDirectory);
    }

    public string Root => _directory.FullName;

    public string Store => this["store"];

    public string WorkDirectory => this["work"];

    /// <summary>Where the workflow's processes look for TMPDIR.</summary>
    public string TempDirectory => this["temp"];

    public string Gate => this["gate"];

    public RunsFile Runs => new(this["runs"]);

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Lets jobs go on that wait for it.</summary>
    public void OpenGate() => File.WriteAllText(Gate, "");

    /// <summary>What the workflow's processes have left, besides the runtime's own sockets.</summary>
    public IReadOnlyList<string> Leftovers() =>
    [
        .. Directory.EnumerateFileSystemEntries(WorkDirectory),
        .. Directory.EnumerateFileSystemEntries(TempDirectory).Where(path => !IsOfTheRuntime(Path.GetFileName(path)) && !IsUnfinished(path)),
    ];

    public void Dispose()
    {
        var late = DateTime.UtcNow + Deadline.Usual;
        while (!TryDelete(isLast: DateTime.UtcNow > late))
        {
            // A process that was killed a moment ago may still be starting, and make files: no event tells of its end.
            Thread.Sleep(2);
        }
    }

    private bool TryDelete(bool isLast)
    {
        try
        {
            _directory.Delete(recursive: true);
            return true;
        }
        catch (IOException) when (!isLast)
        {
            return false;
        }
    }

    /// <summary>A leader that is killed between making a directory and the socket in it leaves what later ones remove once it is old.</summary>
    private static bool IsUnfinished(string path) =>
        Path.GetFileName(path).StartsWith("toil-agent-", StringComparison.Ordinal) && !File.Exists(Path.Combine(path, "socket"));

    /// <summary>A process that is killed can't remove what .NET has opened for debuggers.</summary>
    private static bool IsOfTheRuntime(string name) =>
        name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal) || name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal);
}
