using System.Runtime.InteropServices;

namespace Toil.Cli.Running;

/// <summary>Runs another program in this process.</summary>
internal static partial class ProcessImage
{
    private const int BrokenPipe = 13; // SIGPIPE
    private const nint DefaultAction = 0; // SIG_DFL

    /// <summary>Returns only when it failed; the cause is the last error.</summary>
    public static void Replace(string program, string[] arguments, string variable, string value)
    {
        // The runtime's own copy of the environment isn't what a new program gets.
        SetEnvironment(variable, value, 1);
        // .NET ignores this signal, and an ignored signal stays so in the new program and in all that it starts.
        SetSignalAction(BrokenPipe, DefaultAction);
        Execute(program, [.. arguments, null]);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignalAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execute(string path, string?[] arguments);
}
