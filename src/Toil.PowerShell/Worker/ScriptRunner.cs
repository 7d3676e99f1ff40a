using System.Management.Automation.Runspaces;
using Toil.Agents;
using Toil.Graph;
using Toil.Jobs;
using Toil.Scripting;
using Toil.Values;

namespace Toil.Worker;

/// <summary>Runs scriptblocks: in a warm <c>pwsh</c>, one at a time, none seeing what another left behind.</summary>
/// <remarks>
/// Three things can be restored at three prices, and each job pays only for what it did: a comparison of the global
/// scope (well below a millisecond), a new runspace (about ten), a new process (hundreds).
/// </remarks>
internal sealed class ScriptRunner : IJobRunner
{
    private readonly JobThread _thread = new();
    private readonly StreamLog _log = new();
    private readonly InitialSessionState _initial = JobSession.Create();
    private readonly Dictionary<Hash128, CompiledScript> _scripts = [];
    private ProcessSnapshot? _process;
    private JobRunspace? _runspace;

    /// <summary>Makes the runspace ahead of the first job.</summary>
    public Task WarmUpAsync() => _thread.RunAsync(() => Runspace());

    public Task<UnboundValue> RunAsync(LaunchOrder order, JobContext context) => _thread.RunAsync(() => Run(order, context));

    public IServiceRunner OpenService(LaunchOrder order, JobContext context) => new ScriptService(_thread, Runspace, Define, ScriptOf(order.Code), order);

    public Exception OriginOf(Exception exception) => ErrorTranslator.OriginOf(exception);

    public ErrorInfo Describe(Exception exception) => NodeCode.Current.ToOriginal(ErrorTranslator.Describe(exception));

    public Task<bool> ResetAsync() => _thread.RunAsync(TryReset);

    public async ValueTask DisposeAsync()
    {
        await _thread.RunAsync(DropRunspace).ConfigureAwait(false);
        _thread.Dispose();
        _log.Dispose();
    }

    private UnboundValue Run(LaunchOrder order, JobContext context)
    {
        var script = ScriptOf(order.Code);
        var job = new RunningJob(context, script, order.Code.Identity);
        RunningJob.Current = job;
        try
        {
            Define(script);
            Runspace().Run(order.Code, script, LaunchInput.Of(order, context));
            var result = job.Result.ToValue();
            LinkCreatedJobs(job);
            return result;
        }
        finally
        {
            RunningJob.Current = null;
        }
    }

    /// <summary>Types of the user's script come and go with the runspace; those that a job defines by itself cost the process.</summary>
    private void Define(CompiledScript script)
    {
        if (!script.Prelude.IsEmpty)
        {
            Runspace().Define(script);
            _process!.AcceptTypes();
        }
    }

    private static void LinkCreatedJobs(RunningJob job)
    {
        if (job.Created.Count > 0)
        {
            ImplicitOrder.Apply(job.Created, job.Context.Self);
            JobGraphValidator.Validate(JobGraph.Collect(job.Created, job.Context.Self));
        }
    }

    private CompiledScript ScriptOf(Code code)
    {
        if (!_scripts.TryGetValue(code.Id, out var script))
        {
            script = CompiledScript.Parse(ScriptCode.From(code).Move(NodeCode.Current.ToLocal));
            if (script.Prelude.IsEmpty)
            {
                // Parsed code remembers the types that it has met, and the next run gets new ones.
                _scripts[code.Id] = script;
            }
        }

        return script;
    }

    private JobRunspace Runspace()
    {
        _runspace ??= new JobRunspace(_initial, _log);
        _process ??= new ProcessSnapshot();
        return _runspace;
    }

    private bool TryReset()
    {
        if (_runspace is { HasSpentProcess: true } || _process?.TryRestore() == false)
        {
            return false;
        }

        if (_runspace?.TryRestore() == false)
        {
            DropRunspace();
            Runspace();
        }

        return true;
    }

    private bool DropRunspace()
    {
        _runspace?.Dispose();
        _runspace = null;
        return true;
    }
}
