using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Toil.BatchSystems.Grid;

/// <summary>Runs a scheduler's commands: without a shell, for a bounded time, with bounded output.</summary>
/// <param name="environment">The variables that they see; their PATH is where they are found.</param>
/// <param name="timeout">How long one may take: a scheduler that hangs must not hang the leader.</param>
/// <param name="time">Measures that.</param>
internal sealed class SchedulerClient(IReadOnlyDictionary<string, string> environment, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Busy schedulers let clients wait for more than a minute.</summary>
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(2);

    /// <summary>So many jobs are named in one command at most.</summary>
    private const int MostNamed = 100;

    private const int MostOutput = 256 << 20;
    private const int ErrorShown = 2000;

    public IReadOnlyDictionary<string, string> Environment => environment;

    /// <summary>The same, with other variables.</summary>
    public SchedulerClient With(IReadOnlyDictionary<string, string> variables) => new(variables, timeout, time);

    /// <returns>The program's path; null when it isn't installed.</returns>
    public string? Find(string program) => Path.IsPathRooted(program)
        ? (File.Exists(program) ? program : null)
        : environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a command that has to succeed.</summary>
    /// <exception cref="ToilException">It failed, took too long, or isn't there.</exception>
    public async Task<string> ReadAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var result = await RunAsync(program, arguments, null, cancellation).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output : throw new ToilException($"{program} failed with exit code {result.ExitCode}: {result.Complaint}");
    }

    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments, as they are.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ToilException">It took too long, wrote too much, or isn't there.</exception>
    public async Task<ClientResult> RunAsync(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellation)
    {
        using var process = Start(Find(program) ?? throw new ToilException($"{program} isn't on PATH."), arguments);
        using var late = new CancellationTokenSource(timeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            var output = ReadAsync(process.StandardOutput, ends.Token);
            var error = ReadAsync(process.StandardError, ends.Token);
            await WriteAsync(process.StandardInput, input, ends.Token).ConfigureAwait(false);
            await Task.WhenAll(output, error, process.WaitForExitAsync(ends.Token)).ConfigureAwait(false);
            return new ClientResult(process.ExitCode, await output.ConfigureAwait(false), Shorten(await error.ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ToilException($"{program} didn't answer within {timeout.TotalSeconds:0} s.");
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Cancels jobs by a command that takes their ids.</summary>
    /// <param name="program">The command.</param>
    /// <param name="ids">The ids, as it takes them.</param>
    /// <param name="isAboutEnded">Whether what it says, when it fails, is only that jobs have ended, or are known no more.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ToilException">It failed for another reason, or without a word.</exception>
    public async Task CancelAsync(string program, IEnumerable<string> ids, Func<string, bool> isAboutEnded, CancellationToken cancellation)
    {
        foreach (var chunk in ids.Chunk(MostNamed))
        {
            var result = await RunAsync(program, chunk, null, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0 && (result.Complaint.Length == 0 || !isAboutEnded(result.Output + result.Error)))
            {
                throw new ToilException($"{program} failed with exit code {result.ExitCode}: {result.Complaint}");
            }
        }
    }

    private Process Start(string path, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new ToilException($"{path} can't be started: {failure.Message}", failure);
        }
    }

    private static async Task WriteAsync(StreamWriter to, string? input, CancellationToken cancellation)
    {
        try
        {
            await to.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            to.Close();
        }
        catch (IOException)
        {
            // It has ended without reading: its exit code tells.
        }
    }

    private static async Task<string> ReadAsync(StreamReader from, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[16 << 10];
        while (await from.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MostOutput)
            {
                throw new ToilException($"A scheduler's command wrote more than {MostOutput >> 20} MiB.");
            }
        }

        return text.ToString();
    }

    private static string Shorten(string error) => error.Length <= ErrorShown ? error : error[..ErrorShown] + " […]";

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has just ended.
        }
    }
}

/// <summary>How a command ended.</summary>
internal sealed record ClientResult(int ExitCode, string Output, string Error)
{
    /// <summary>What it complains of, in one line.</summary>
    public string Complaint => string.Join(" ", (Error.Trim().Length > 0 ? Error : Output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
