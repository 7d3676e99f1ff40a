using System.Management.Automation;
using Toil.Cwl.Loading;
using Toil.Cwl.Running;
using Toil.Cwl.Tools;
using Toil.Running;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Runs a CWL document, puts its output files into a directory, and writes its output object.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ToilCwl", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeToilCwlCommand : CwlCommand, IDynamicParameters
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public override string Path { get; set; } = null!;

    /// <summary>The inputs: a hashtable, an object, or the path or URL of an input object.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("Inputs")]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Where the output files are put; the current location by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputDirectory { get; set; }

    /// <summary>The job store; a temporary directory by default, which is kept when the run fails.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string? JobStore { get; set; }

    /// <summary>What runs containers: Any takes the first that is installed, None runs tools on this machine.</summary>
    [Parameter]
    [ValidateSet("Any", "Docker", "Podman", "Singularity", "None")]
    public string Container { get; set; } = "Any";

    /// <summary>The image for tools that name none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DefaultContainer { get; set; }

    /// <summary>Variables of this shell's environment that tools get, too.</summary>
    [Parameter]
    public string[]? PreserveEnvironment { get; set; }

    /// <summary>Files keep their places on a file system that all nodes share, instead of going through the job store.</summary>
    [Parameter]
    public SwitchParameter BypassFileStore { get; set; }

    /// <summary>Output files get no checksums.</summary>
    [Parameter]
    public SwitchParameter NoChecksum { get; set; }

    /// <summary>The path or URL of a document that says under cwltool:overrides what processes and steps require, whatever they say themselves.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Overrides { get; set; }

    /// <summary>Unknown fields are only warnings.</summary>
    [Parameter]
    public SwitchParameter NonStrict { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => OptionParameters.Create(nameof(JobStore));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var options = Require("InvalidOption", JobStore, () => OptionParameters.Read(this, JobStore, isRestart: false));
        var document = Require("CwlInvalid", Path, () => Load(!NonStrict));
        var inputs = Require("CwlInvalid", Path, () => CompleteInputs(document));
        if (ShouldProcess(Path, "Run"))
        {
            WriteObject(CwlValues.Show(Watch(options, (observer, stop) => RunAsync(options, document, inputs, observer, stop))));
        }
    }

    private OrderedDictionary<string, object?> CompleteInputs(LoadedDocument document)
    {
        var problems = new ProblemList();
        var inputs = ReadInputs(document, InputObject, problems, Overrides);
        foreach (var warning in problems.All.Where(problem => problem.Severity == Severity.Warning))
        {
            WriteWarning(warning.ToString());
        }

        problems.ThrowIfAny();
        return inputs;
    }

    private async Task<OrderedDictionary<string, object?>> RunAsync(
        ToilOptions options, LoadedDocument document, OrderedDictionary<string, object?> inputs, IWorkflowObserver observer, CancellationToken stop)
    {
        var session = await CwlSession.OpenAsync(options, ScriptWorkers.ForThisShell, observer, stop).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await session.RunAsync(RunOptions(), run => options.Restart ? run.ResumeAsync() : run.StartAsync(document, inputs, Requirements)).ConfigureAwait(false);
        }
    }

    private CwlRunOptions RunOptions() => new()
    {
        OutputDirectory = OutputDirectory is null ? Here : GetUnresolvedProviderPathFromPSPath(OutputDirectory),
        BypassesFileStore = BypassFileStore,
        Tools = ToolOptions.Default with
        {
            Container = Enum.Parse<ContainerChoice>(Container, ignoreCase: true),
            DefaultContainer = DefaultContainer,
            PreservedVariables = PreserveEnvironment ?? [],
            ComputeChecksums = !NoChecksum,
        },
    };
}
