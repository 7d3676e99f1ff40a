using System.Diagnostics;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Agents;

/// <summary>A named pipe that shows when the processes that hold its writing end have ended, whoever their parent is.</summary>
internal sealed class NamedPipe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private FileStream? _reader;

    public NamedPipe()
    {
        Process.Start("mkfifo", [Path, $"{Path}.go"]).WaitForExit();
    }

    public string Path => _directory["pipe"];

    /// <summary>What a shell does to hold the writing end for as long as it lives.</summary>
    public string HoldingScript => $"exec 3>'{Path}'; echo >&3; exec sleep 1000";

    /// <summary>Waits until there is a process that holds it.</summary>
    public async Task OpenAsync()
    {
        _reader = await Task.Run(() => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0)).WaitAsync(Patience);
        Assert.Equal('\n', await Task.Run(_reader.ReadByte).WaitAsync(Patience));
    }

    /// <summary>Lets whoever waits at the other pipe go on.</summary>
    public Task GoAsync() => Task.Run(() => File.WriteAllText($"{Path}.go", "\n")).WaitAsync(Patience);

    /// <summary>Waits until none is left.</summary>
    public async Task ClosedAsync() => Assert.Equal(-1, await Task.Run(_reader!.ReadByte).WaitAsync(Patience));

    public void Dispose()
    {
        _reader?.Dispose();
        _directory.Dispose();
    }
}
