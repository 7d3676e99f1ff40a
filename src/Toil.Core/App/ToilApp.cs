using Toil.Options;

namespace Toil;

/// <summary>
/// A C# program that is a workflow: it parses its command line (the engine's options and its own), runs jobs in
/// worker processes that are this same program, and ends with an exit code.
/// </summary>
/// <param name="description">What the workflow does, for <c>--help</c>.</param>
public sealed class ToilApp(string description)
{
    private readonly List<WorkflowOption> _own = [];
    private ParsedOptions? _parsed;

    /// <summary>Declares an option of the workflow's own. Its value can be read once <see cref="RunAsync"/> has begun.</summary>
    /// <typeparam name="T">string, bool, int, long, double, <see cref="ByteSize"/> or an enum.</typeparam>
    public AppOption<T> Option<T>(string name, T defaultValue, string help)
        where T : notnull
    {
        var option = new WorkflowOption<T>(name, defaultValue, help);
        _own.Add(option);
        return new AppOption<T>(() => (_parsed ?? throw new InvalidOperationException($"{name} is known once the app runs.")).Get(option));
    }

    /// <summary>Runs the workflow, or, in a worker process, its jobs.</summary>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string[] args, Func<WorkflowRun, Task> main)
    {
        if (WorkerMode.IsWorkerFor(args))
        {
            return await WorkerMode.RunAsync(args).ConfigureAwait(false);
        }

        var console = new ConsoleObserver();
        try
        {
            if (ToilOptionsParser.AsksForHelp(args))
            {
                Console.Out.WriteLine(description);
                OptionHelp.Write(Console.Out, _own, ConsoleWidth());
                return ExitCode.Success;
            }

            _parsed = ToilOptionsParser.Parse(args, _own);
            using var log = console.Configure(_parsed.Options);
            using var stop = new StopSignals(console);
            await using var run = new WorkflowRun(_parsed.Options, console, stop.Token);
            await main(run).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (Exception error) when (error is ToilException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            console.Failed(error);
            return ExitCodes.Of(error);
        }
    }

    private static int ConsoleWidth() => Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 120);
}

/// <summary>An option that a C# workflow declared.</summary>
public sealed class AppOption<T>
{
    private readonly Func<T> _value;

    internal AppOption(Func<T> value) => _value = value;

    public T Value => _value();
}
