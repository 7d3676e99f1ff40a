using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>A file that one process at a time holds, made if it isn't there. The kernel lets go of it when the process dies.</summary>
internal sealed class LockedFile : IDisposable
{
    private const uint Private = 0x180; // 0600

    private LockedFile(string path, SafeFileHandle handle) => (Path, Handle) = (path, handle);

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    /// <returns>Null when somebody else holds it.</returns>
    /// <exception cref="ToilException">It can't be opened.</exception>
    /// <exception cref="DirectoryNotFoundException">Its directory isn't there.</exception>
    public static LockedFile? TryOpen(string path)
    {
        while (true)
        {
            var handle = OpenHandle(path);
            if (!TryLock(handle, FileCalls.LockOrFail))
            {
                handle.Dispose();
                return null;
            }

            if (IsStillAt(path, handle))
            {
                return new LockedFile(path, handle);
            }

            handle.Dispose();
        }
    }

    /// <summary>Waits until nobody else holds it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellation">Gives it up when it isn't held any more, and before it is made anew.</param>
    /// <inheritdoc cref="TryOpen" path="/exception"/>
    public static LockedFile Open(string path, CancellationToken cancellation = default)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var handle = OpenHandle(path);
            while (!TryLock(handle, FileCalls.LockAlone))
            {
            }

            if (IsStillAt(path, handle))
            {
                return new LockedFile(path, handle);
            }

            handle.Dispose();
        }
    }

    /// <summary>As <see cref="Open"/>. The wait has a thread of its own: it may be as long as another process's download.</summary>
    /// <inheritdoc cref="TryOpen" path="/exception"/>
    public static async Task<LockedFile> OpenAsync(string path, CancellationToken cancellation)
    {
        if (TryOpen(path) is { } free)
        {
            return free;
        }

        var waiting = Task.Factory.StartNew(() => Open(path, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await waiting.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = waiting.ContinueWith(
                late =>
                {
                    late.Result.Delete();
                    late.Result.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Removes the file, which is still held.</summary>
    public void Delete() => File.Delete(Path);

    public void Dispose()
    {
        if (!Handle.IsClosed)
        {
            // A child that is being started has a copy of the descriptor until it executes its program: closing ours wouldn't let go.
            _ = FileCalls.Lock(Handle, FileCalls.Unlock);
        }

        Handle.Dispose();
    }

    private static SafeFileHandle OpenHandle(string path)
    {
        var descriptor = FileCalls.Open(path, FileCalls.OpenOrCreate, Private);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        var error = Marshal.GetLastPInvokeError();
        throw error switch
        {
            Errno.NotFound => new DirectoryNotFoundException($"There is no directory for {path}."),
            Errno.NoSpace or Errno.QuotaExceeded => new IOException(Marshal.GetPInvokeErrorMessage(error), error),
            _ => StorageFailure.FromErrno(error, "open", path),
        };
    }

    /// <returns>False when somebody else holds it, or a signal came.</returns>
    private static bool TryLock(SafeFileHandle handle, int operation)
    {
        if (FileCalls.Lock(handle, operation) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is Errno.WouldBlock or Errno.Interrupted ? false : throw StorageFailure.FromErrno(error, "lock", "a file of the cache");
    }

    /// <summary>Who held it before may have renamed or removed it.</summary>
    private static bool IsStillAt(string path, SafeFileHandle handle) =>
        FileStatus.Of(path) is { } status && status.IsSameFileAs(FileStatus.Of(handle));
}
