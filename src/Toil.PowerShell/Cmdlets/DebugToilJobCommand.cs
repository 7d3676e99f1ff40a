using System.Management.Automation;
using Toil.Agents;
using Toil.Debugging;
using Toil.JobStores;
using Toil.Running;
using Toil.Scripting;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>Runs an unfinished script job in this session with the inputs that it had, so that breakpoints hold it. Nothing is committed.</summary>
[Cmdlet(VerbsDiagnostic.Debug, "ToilJob")]
[OutputType(typeof(object))]
public sealed class DebugToilJobCommand : ToilCommand
{
    /// <summary>The job store: a directory, or a locator such as <c>file:store</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string JobStore { get; set; } = "";

    /// <summary>The job's name. Left out, with the number too, the only failed job is meant.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(JobNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The job's number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? Number { get; set; }

    /// <summary>Where to bring the inputs together, and where the job's files stay; a new temporary directory if left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Stops in the debugger at the job's first line.</summary>
    [Parameter]
    public SwitchParameter Break { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var locator = Require("InvalidJobStore", JobStore, () => JobStoreLocator.Parse(StorePath.Resolve(JobStore, Here)));
        var store = Require("JobStoreUnavailable", JobStore, () => Wait(JobStores.JobStore.OpenAsync(locator, Cancellation)));
        try
        {
            var directory = Path is null ? Directory.CreateTempSubdirectory("toil-debug-").FullName : System.IO.Path.GetFullPath(Path, Here);
            var rehearsal = Require("JobUnavailable", Name ?? $"{Number}", () => JobRehearsal.Open(store, Wanted(), directory));
            WriteVerbose($"Job '{rehearsal.Order.JobName}' (job {rehearsal.Order.Attempt.Job}) runs in {rehearsal.Files.TempDirectory}; what it writes stays in {directory}.");
            Run(rehearsal);
        }
        finally
        {
            Wait(store.DisposeAsync().AsTask());
        }
    }

    private string Here => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    private Func<JobInfo, bool>? Wanted() =>
        Number is { } number ? job => job.Number == number
        : Name is { } name ? job => new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(job.Name)
        : null;

    private void Run(JobRehearsal rehearsal)
    {
        var order = rehearsal.Order;
        if (order.Code.Vehicle != Vehicle.Script)
        {
            var error = new ToilException($"Job '{order.JobName}' isn't a script. Run it with: toil debug-job {JobStore} {order.Attempt.Job}");
            ThrowTerminatingError(new ErrorRecord(error, "NotAScript", ErrorCategory.InvalidOperation, order.JobName));
        }

        var context = AttemptBody.Context(order, rehearsal.Files, (level, message) => WriteVerbose($"{level}: {message}"), logsInRealTime: true, Cancellation);
        var script = CompiledScript.Parse(ScriptCode.From(order.Code));
        RunningJob.Current = new RunningJob(context, script, order.Code.Identity);
        SessionState.Path.PushCurrentLocation("ToilDebug");
        try
        {
            SessionState.Path.SetLocation(WildcardPattern.Escape(context.TempDirectory));
            new ScriptRehearsal(this, Break).Run(script, LaunchInput.Of(order, context));
        }
        finally
        {
            SessionState.Path.PopLocation("ToilDebug");
            RunningJob.Current = null;
        }
    }
}
