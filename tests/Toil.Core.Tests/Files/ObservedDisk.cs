using System.Collections.Concurrent;
using Toil.Files;

namespace Toil.Tests.Files;

/// <summary>Remembers what was synced, and fails when it is told to.</summary>
internal sealed class ObservedDisk : IDiskSync
{
    public ConcurrentQueue<string> Synced { get; } = new();

    public string? Failure { get; set; }

    public void SyncFile(string path) => Sync(path);

    public void SyncDirectory(string path) => Sync(path);

    private void Sync(string path)
    {
        if (Failure is not null)
        {
            throw new ToilException(Failure);
        }

        Synced.Enqueue(path);
    }
}
