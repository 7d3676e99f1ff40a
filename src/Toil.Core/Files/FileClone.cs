using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>Reflinks: files of their own that share bytes until one of them is changed.</summary>
internal static class FileClone
{
    /// <summary>Pairs of file systems that were found unable, so that it isn't tried again for each file.</summary>
    private static readonly ConcurrentDictionary<(ulong From, ulong To), bool> Unable = new();

    /// <returns>Null when these two places can't share bytes.</returns>
    public static FilePlacement? TryClone(string source, string target, UnixFileMode mode)
    {
        var pair = (DeviceOf(source), DeviceOf(Path.GetDirectoryName(target)! + "/."));
        if (Unable.ContainsKey(pair))
        {
            return null;
        }

        using var made = FileCopy.TryCreate(target, mode);
        return made is null ? FilePlacement.None : Clone(source, made, mode, pair);
    }

    private static FilePlacement? Clone(string source, FileStream made, UnixFileMode mode, (ulong, ulong) pair)
    {
        try
        {
            using var from = FileCopy.OpenSource(source);
            if (NativeFiles.IoControl(made.SafeFileHandle, NativeFiles.CloneFile, from.DangerousGetHandle()) == 0)
            {
                FileModes.Set(made.SafeFileHandle, mode);
                return FilePlacement.Private;
            }

            if (Marshal.GetLastPInvokeError() is Errno.NotSupported or Errno.CrossDevice or Errno.NoTerminal or Errno.NotImplemented)
            {
                Unable[pair] = true;
            }
        }
        catch
        {
            File.Delete(made.Name);
            throw;
        }

        File.Delete(made.Name);
        return null;
    }

    private static ulong DeviceOf(string path) => FileStatus.Of(path)?.Device ?? 0;
}
