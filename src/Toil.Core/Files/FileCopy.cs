using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>Copies by the kernel where it can, with cancellation between pieces; the runtime's own copy can't be stopped.</summary>
internal static class FileCopy
{
    private const int PieceSize = 16 << 20;
    private const int BufferSize = 1 << 20;

    // The runtime would lock files that are shared less, and jobs may have their own locks on them.
    private const FileShare ShareAll = FileShare.ReadWrite | FileShare.Delete;

    public static SafeFileHandle OpenSource(string path) => File.OpenHandle(path, share: ShareAll);

    /// <returns>Null when the name is taken.</returns>
    public static FileStream? TryCreate(string path, UnixFileMode mode, int bufferSize = 0)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = ShareAll, BufferSize = bufferSize };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            return new FileStream(path, options);
        }
        catch (IOException taken) when (taken.HResult == Errno.Exists)
        {
            return null;
        }
    }

    /// <summary>Makes the file with the permissions <paramref name="mode"/>. Nothing is left of a copy that fails.</summary>
    public static FilePlacement Copy(string source, string target, UnixFileMode mode, CancellationToken cancellation)
    {
        using var made = TryCreate(target, mode);
        if (made is null)
        {
            return FilePlacement.None;
        }

        try
        {
            CopyContent(source, made.SafeFileHandle, cancellation);
            FileModes.Set(made.SafeFileHandle, mode);
            return FilePlacement.Private;
        }
        catch (Exception failure)
        {
            File.Delete(target);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw StorageFailure.From(failure, $"copy {source} to", target);
            }

            throw;
        }
    }

    /// <returns>The number of bytes.</returns>
    public static long CopyContent(string source, SafeFileHandle target, CancellationToken cancellation)
    {
        using var from = OpenSource(source);
        long copied = 0;
        while (CopyPiece(from, target) is var piece && piece > 0)
        {
            copied += piece;
            cancellation.ThrowIfCancellationRequested();
        }

        // What the kernel couldn't copy follows here; at the end this reads nothing.
        return CopyThroughMemory(from, target, copied, cancellation);
    }

    private static nint CopyPiece(SafeFileHandle source, SafeFileHandle target)
    {
        var piece = FileCalls.CopyFileRange(source, 0, target, 0, PieceSize, 0);
        if (piece < 0 && Marshal.GetLastPInvokeError() is Errno.NoSpace or Errno.QuotaExceeded)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()), Marshal.GetLastPInvokeError());
        }

        return piece;
    }

    private static long CopyThroughMemory(SafeFileHandle source, SafeFileHandle target, long offset, CancellationToken cancellation)
    {
        Span<byte> probe = stackalloc byte[1];
        if (RandomAccess.Read(source, probe, offset) == 0)
        {
            return offset;
        }

        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        int read;
        while ((read = RandomAccess.Read(source, buffer, offset)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomAccess.Write(target, buffer.AsSpan(0, read), offset);
            offset += read;
        }

        return offset;
    }
}
