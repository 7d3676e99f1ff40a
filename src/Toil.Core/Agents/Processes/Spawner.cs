using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Toil.Agents;

/// <summary>Starts processes in sessions of their own, with nothing of the agent's open but what they are given.</summary>
/// <remarks>
/// .NET opens everything close-on-exec, so there is nothing to close here. macOS: the constants below differ, the rest
/// is alike, but a library that opens descriptors without close-on-exec could leak them there.
/// </remarks>
internal static unsafe class Spawner
{
    /// <summary>More than any libc's attribute, action or signal-set structure takes.</summary>
    private const int StructureBytes = 1024;

    /// <summary>ETXTBSY.</summary>
    private const int BeingWritten = 26;

    /// <summary>How often a program that is being written is tried, a millisecond apart.</summary>
    private const int MostTries = 2000;

    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const uint OwnerOnly = 0x180;

    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly short NewSession = (short)(IsMac ? 0x400 : 0x80);
    private static readonly int AppendOrCreate = 1 | (IsMac ? 0x208 : 0x440);

    /// <exception cref="Win32Exception">The program can't be started; the message says why.</exception>
    public static int Start(ChildStart start)
    {
        var actions = stackalloc byte[StructureBytes];
        var attributes = stackalloc byte[StructureBytes];
        Libc.InitActions(actions);
        Libc.InitAttributes(attributes);
        try
        {
            AddActions(actions, start);
            SetAttributes(attributes);
            using var arguments = new NativeStrings(start.Arguments.Prepend(start.Program));
            using var environment = new NativeStrings(start.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
            var error = Libc.Spawn(out var process, start.Program, actions, attributes, arguments.Pointer, environment.Pointer);

            // A program that this process has just written may still be open in one that is being started: it lets go when it runs its own.
            for (var tries = 1; error == BeingWritten && tries < MostTries; tries++)
            {
                Thread.Sleep(1);
                error = Libc.Spawn(out process, start.Program, actions, attributes, arguments.Pointer, environment.Pointer);
            }

            return error == 0 ? process : throw new Win32Exception(error);
        }
        finally
        {
            Libc.DestroyAttributes(attributes);
            Libc.DestroyActions(actions);
        }
    }

    /// <summary>The agent's own environment, as a start for a child's. What <c>toil run</c> was told is for this workflow, not for one that a job might start.</summary>
    public static Dictionary<string, string> InheritedEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(variable => (string)variable.Key != Options.RunOptions.Variable)
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    private static void AddActions(byte* actions, ChildStart start)
    {
        if (start.WorkingDirectory is not null)
        {
            Libc.AddChangeDirectory(actions, start.WorkingDirectory);
        }

        if (start.Input is { } input)
        {
            Libc.AddDuplicate(actions, input, 0);
        }
        else
        {
            Libc.AddOpen(actions, 0, start.InputPath, 0, 0);
        }

        if (start.OutputPath is null)
        {
            return;
        }

        Libc.AddOpen(actions, 1, start.OutputPath, AppendOrCreate, OwnerOnly);
        if (start.ErrorPath is null)
        {
            Libc.AddDuplicate(actions, 1, 2);
        }
        else
        {
            Libc.AddOpen(actions, 2, start.ErrorPath, AppendOrCreate, OwnerOnly);
        }
    }

    private static void SetAttributes(byte* attributes)
    {
        // .NET ignores SIGPIPE, and what is ignored stays ignored across exec: `yes | head` would never end.
        var signals = stackalloc byte[StructureBytes];
        Libc.FillSignalSet(signals);
        Libc.SetDefaultSignals(attributes, signals);
        Libc.EmptySignalSet(signals);
        Libc.SetSignalMask(attributes, signals);
        Libc.SetFlags(attributes, (short)(NewSession | SetSignalDefaults | SetSignalMask));
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private readonly ref struct NativeStrings
    {
        private readonly int _count;

        public NativeStrings(IEnumerable<string> strings)
        {
            var all = strings.ToList();
            _count = all.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++)
            {
                Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(all[i]);
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++)
            {
                Marshal.FreeCoTaskMem((nint)Pointer[i]);
            }

            NativeMemory.Free(Pointer);
        }
    }
}
