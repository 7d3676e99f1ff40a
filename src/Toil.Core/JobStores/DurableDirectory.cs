using System.Runtime.InteropServices;

namespace Toil.JobStores;

/// <summary>Directories whose entries survive a power cut.</summary>
internal static class DurableDirectory
{
    private const int MostAttempts = 64;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the directory and those above it that are missing, readable by their owner alone.</summary>
    public static void Create(string path)
    {
        for (var attempt = 1; !Directory.Exists(path); attempt++)
        {
            try
            {
                CreateMissing(path);
                return;
            }
            catch (Exception lost) when (lost is IOException or NamingException { Errno: Errno.NotFound } && attempt < MostAttempts && !Path.Exists(path))
            {
                // Somebody removed it, or one above it, since it was empty, just now.
            }
        }
    }

    public static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Private);
        }
    }

    /// <summary>Makes the names in the directory durable.</summary>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeFiles.Open(path, NativeFiles.CloseOnExec);
        if (descriptor < 0)
        {
            throw Failure(Marshal.GetLastPInvokeError(), path);
        }

        try
        {
            // Some network file systems can't sync a directory: there the server does it by itself.
            if (NativeFiles.Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() is not (Errno.Invalid or Errno.NotSupported) and var error)
            {
                throw Failure(error, path);
            }
        }
        finally
        {
            _ = NativeFiles.Close(descriptor);
        }
    }

    private static void CreateMissing(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(parent))
        {
            Create(parent);
        }

        CreatePrivate(path);
        if (!string.IsNullOrEmpty(parent))
        {
            Sync(parent);
        }
    }

    private static NamingException Failure(int errno, string path) =>
        new(errno, StorageFailure.FromErrno(errno, "make durable the names in", path).Message);

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
        }
    }
}
