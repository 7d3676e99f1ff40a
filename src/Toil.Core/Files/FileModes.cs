using Microsoft.Win32.SafeHandles;

namespace Toil.Files;

/// <summary>The permissions of files that the file store makes.</summary>
internal static class FileModes
{
    private const UnixFileMode ReadAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ExecuteAll = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode WriteAll = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>The owner alone; what else a job does with its directory is its own affair.</summary>
    public const UnixFileMode PrivateDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What a program asks for that makes an ordinary directory; the user's umask takes its part away.</summary>
    public const UnixFileMode OrdinaryDirectory = ReadAll | WriteAll | ExecuteAll;

    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For immutable files. Containers may read them as another user, so all may read; the directories above are private.</summary>
    public static UnixFileMode Frozen(bool executable) => executable ? ReadAll | ExecuteAll : ReadAll;

    public static UnixFileMode Owned(bool executable) => Frozen(executable) | UnixFileMode.UserWrite;

    /// <summary>What a program would ask for that makes an ordinary file; the user's umask takes its part away.</summary>
    public static UnixFileMode Ordinary(bool executable) => Frozen(executable) | WriteAll;

    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    public static void Set(SafeFileHandle file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    /// <summary>Makes the directory and those above it that are missing, for their owner alone.</summary>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, PrivateDirectory);
        }
    }
}
