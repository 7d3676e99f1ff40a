using System.ComponentModel;
using System.Diagnostics;
using Toil.Agents;
using Toil.BatchSystems;

namespace Toil.Debugging;

/// <summary>Runs a rehearsed command with this process's own terminal.</summary>
internal static class RehearsedCommand
{
    /// <summary>Stages the inputs, and writes beside them a script that runs the command again.</summary>
    /// <returns>The program and its arguments.</returns>
    public static async Task<List<string>> PrepareAsync(JobRehearsal rehearsal, CancellationToken cancellation)
    {
        var words = await CommandArguments.ReadAsync(rehearsal.Order, rehearsal.Files, cancellation).ConfigureAwait(false);
        var directory = rehearsal.Files.TempDirectory;
        var script = ScriptOf(directory);
        await File.WriteAllTextAsync(script, $"#!/bin/sh\ncd {ShellWord.Quote(directory)}\nexec {string.Join(' ', words.Select(ShellWord.Quote))}\n", cancellation).ConfigureAwait(false);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return words;
    }

    /// <summary>The script that <see cref="PrepareAsync"/> writes.</summary>
    public static string ScriptOf(string directory) => Path.Combine(Path.GetDirectoryName(directory)!, "run.sh");

    /// <returns>The command's exit code.</returns>
    /// <exception cref="ToilException">It can't be started.</exception>
    public static async Task<int> RunAsync(JobRehearsal rehearsal, List<string> words, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = rehearsal.Files.TempDirectory })!;
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (Win32Exception reason)
        {
            throw new ToilException($"{words[0]} can't be started: {reason.Message}");
        }
    }
}
