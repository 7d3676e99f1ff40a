using System.Diagnostics;
using System.Text;
using Toil.Agents;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests;

/// <summary>How a workflow's process ended.</summary>
internal sealed record WorkflowExit(int Code, string Output, string Error)
{
    /// <summary>What it printed, for assertions that a run went well.</summary>
    public string ExpectOutput()
    {
        Assert.True(Code == 0, $"Exit code {Code}.\n{Error}");
        return Output.TrimEnd();
    }
}

/// <summary>A workflow in a process of its own. It is killed, by its id, when the test is over and it isn't.</summary>
internal sealed class WorkflowProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errorRead;

    private WorkflowProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errorRead = ReadErrorAsync();
    }

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, typeof(Shapes).Assembly.GetName().Name!);

    /// <summary>The command line of Toil.</summary>
    public static string Toil { get; } = Path.Combine(AppContext.BaseDirectory, "toil");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written to standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>Starts the tests' own workflow program.</summary>
    public static WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) =>
        Start(scratch, shape, new Dictionary<string, string?>(), arguments);

    /// <inheritdoc cref="Start(Scratch, Shape, string[])"/>
    public static WorkflowProcess Start(Scratch scratch, Shape shape, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Start(scratch, Program, ArgumentsFor(scratch, shape, arguments), environment);

    /// <summary>What the tests' own workflow program is told.</summary>
    public static string[] ArgumentsFor(Scratch scratch, Shape shape, params string[] arguments) =>
    [
        "--shape", shape.ToString(), "--runs", scratch.Runs.Path, "--gate", scratch.Gate,
        "--workDir", scratch.WorkDirectory, .. arguments.Contains("--jobStore") ? [] : (string[])["--jobStore", scratch.Store], .. arguments,
    ];

    /// <summary>Starts any program, in the scratch directory.</summary>
    public static WorkflowProcess Start(Scratch scratch, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = scratch.Root };
        start.Environment["TMPDIR"] = scratch.TempDirectory;
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new WorkflowProcess(start);
    }

    public static async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync();
    }

    /// <summary>Runs a command of Toil's own.</summary>
    public static async Task<WorkflowExit> ToilAsync(Scratch scratch, params string[] arguments)
    {
        using var process = Start(scratch, Toil, arguments);
        return await process.WaitAsync();
    }

    public async Task<WorkflowExit> WaitAsync(TimeSpan? within = null)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(within ?? Deadline.Usual);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The workflow has not ended.\n{Error}");
        }

        // Standard error is open until the last process that inherited it has ended; workers haven't.
        await _errorRead;
        return new WorkflowExit(_process.ExitCode, await _output, Error);
    }

    /// <summary>Ends it as a power cut would: nothing in it gets to run any more.</summary>
    public async Task KillAsync()
    {
        Signal(Libc.SigKill);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Signal(int signal) => _ = Libc.Kill(Id, signal);

    public Task WaitForErrorAsync(string text) => Deadline.UntilAsync(() => Error.Contains(text, StringComparison.Ordinal), $"'{text}' in {Error}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error)
            {
                _error.Append(line).Append('\n');
            }
        }
    }
}
