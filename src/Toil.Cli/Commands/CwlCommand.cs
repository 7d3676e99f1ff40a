using System.CommandLine;
using Toil.Agents;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Running;
using Toil.Cwl.Tools;
using Toil.Options;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cli.Commands;

/// <summary><c>toil cwl</c>, also called <c>toil-cwl-runner</c>: runs a CWL document.</summary>
internal static class CwlCommand
{
    /// <summary>What runners of CWL end with when a document asks for what they can't do.</summary>
    private const int Unsupported = 33;

    private const string About = """
        Description:
          Run a CWL document (v1.0, v1.1 or v1.2) and print its output object.

        Usage:
          toil cwl [options] DOCUMENT [INPUTS] [--input value ...]
          toil cwl --restart --jobStore STORE [options]

        Arguments:
          DOCUMENT                    Path or URL of a tool or a workflow; #id chooses one of several.
          INPUTS                      Path or URL of the input object, in YAML or JSON; - reads it from standard input.
          --input value               An input of the document; toil cwl DOCUMENT --help lists them.
        """;

    private const string AboutExit = """

        Exit codes: 0 success; 1 a document or an input object isn't valid, or steps failed; 2 the command line is wrong;
        3 the job store is absent, exists already, is in use or is damaged; 33 the document requires what isn't supported;
        130 stopped before the end.
        """;

    /// <summary>What the command tree's help and completion say of it. Its command line is read by <see cref="InvokeAsync"/>.</summary>
    public static Command Describe() => new("cwl", "Run a CWL document.")
    {
        new Argument<string>("DOCUMENT") { Description = "Path or URL of a tool or a workflow." },
        new Argument<string[]>("options") { HelpName = "options", Description = "See: toil cwl --help", Arity = ArgumentArity.ZeroOrMore },
    };

    public static async Task<int> InvokeAsync(string[] args)
    {
        var console = new ConsoleObserver();
        try
        {
            var arguments = CwlArguments.Read([.. args.Where(argument => argument is not ("--help" or "-h"))]);
            return args.Any(argument => argument is "--help" or "-h")
                ? await HelpAsync(arguments)
                : await RunAsync(arguments, console);
        }
        catch (Exception error) when (error is ToilException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            console.Failed(error is FailedJobsException failure ? new ToilException(CwlFailure.Describe(failure)) : error);
            return CodeOf(error);
        }
    }

    private static async Task<int> RunAsync(CwlArguments arguments, ConsoleObserver console)
    {
        if (arguments.Has(CwlOptionTable.Version))
        {
            Console.Out.WriteLine(VersionCommand.Text);
            return ExitCode.Success;
        }

        if (arguments.Document is null)
        {
            var engine = arguments.Engine();
            using var file = console.Configure(engine);
            return engine.Restart ? await ResumeAsync(arguments, engine, console) : throw new UsageException("Which document? Write: toil cwl DOCUMENT [INPUTS]. See: toil cwl --help");
        }

        var call = await CwlCall.LoadAsync(arguments);
        if (arguments.Has(CwlOptionTable.PrintDot) || arguments.Has(CwlOptionTable.MakeTemplate))
        {
            return Print(arguments.Has(CwlOptionTable.PrintDot) ? CwlDrawing.Dot(call.Process) : InputTemplate.Of(call.Process));
        }

        var options = arguments.Engine();
        using var log = console.Configure(options);
        return options.Restart ? await ResumeAsync(arguments, options, console) : await CheckAndStartAsync(call, arguments, options, console);
    }

    private static async Task<int> CheckAndStartAsync(CwlCall call, CwlArguments arguments, ToilOptions options, ConsoleObserver console)
    {
        var validates = arguments.Has(CwlOptionTable.Validate);
        var inputs = validates && !call.HasInputs ? [] : await call.InputsAsync();
        foreach (var warning in call.Warnings)
        {
            console.Logged(LogLevel.Warning, warning.ToString());
        }

        return validates
            ? Print($"{arguments.Document} is valid CWL.")
            : await WithWorkflowAsync(options, console, run => run.StartAsync(call.Document, inputs, call.Requirements), arguments.Run(options));
    }

    private static Task<int> ResumeAsync(CwlArguments arguments, ToilOptions engine, ConsoleObserver console) =>
        engine.JobStore.Length > 0
            ? WithWorkflowAsync(engine, console, run => run.ResumeAsync(), arguments.Run(engine))
            : throw new UsageException("Which workflow is to go on? Name its job store: --restart --jobStore STORE.");

    private static async Task<int> WithWorkflowAsync(ToilOptions engine, ConsoleObserver console, Func<CwlRun, Task<Record>> body, CwlRunOptions options)
    {
        using var stop = new StopSignals(console);
        await using var session = await CwlSession.OpenAsync(engine, NodeWorkers, console, stop.Token);
        var outputs = await session.RunAsync(options, body);
        OutputJson.Write(Console.OpenStandardOutput(), outputs);
        return ExitCode.Success;
    }

    /// <summary>A node's agent is this program too.</summary>
    private static Dictionary<Vehicle, WorkerSpec> NodeWorkers() => new() { [Vehicle.Assembly] = AssemblyWorkerSpec.OfThisProgram() };

    private static async Task<int> HelpAsync(CwlArguments arguments)
    {
        Console.Out.WriteLine(About);
        if (arguments.Document is { } reference)
        {
            var loaded = await DocumentLoader.LoadAsync(reference, DocumentSource.Default, LoadOptions.Default, CancellationToken.None);
            Console.Out.WriteLine($"\nInputs of {reference}:");
            foreach (var line in InputFlags.Help(loaded.GetProcess()))
            {
                Console.Out.WriteLine(line);
            }
        }

        OptionHelp.Write(Console.Out, CwlOptionTable.All, OptionHelp.ConsoleWidth);
        Console.Out.WriteLine(AboutExit);
        return ExitCode.Success;
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return ExitCode.Success;
    }

    private static int CodeOf(Exception error) => error switch
    {
        UnsupportedRequirementException => Unsupported,
        FailedJobsException failed when failed.Jobs.Any(job => job.Error.Type == typeof(UnsupportedRequirementException).FullName) => Unsupported,
        _ => ExitCodes.Of(error),
    };
}
