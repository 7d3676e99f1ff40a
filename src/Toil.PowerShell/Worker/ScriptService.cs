using System.Collections.ObjectModel;
using System.Management.Automation;
using Toil.Agents;
using Toil.Scripting;
using Toil.Values;

namespace Toil.Worker;

/// <summary>A service made of scriptblocks: its start, checks and stop run in one runspace, in one scope, on the job thread.</summary>
internal sealed class ScriptService(JobThread thread, Func<JobRunspace> runspace, Action<CompiledScript> define, CompiledScript script, LaunchOrder order) : IServiceRunner
{
    public Task<UnboundValue> StartAsync(JobContext context) => thread.RunAsync(() =>
    {
        var input = LaunchInput.Of(order, context);
        define(script);
        runspace().EnterService(script, input);
        var job = new RunningJob(context, script, order.Code.Identity);
        foreach (var value in Run(job, script.CreateBody(), [.. script.CreateFunctions()], input))
        {
            job.Result.Write(value);
        }

        return job.Created.Count == 0
            ? job.Result.ToValue()
            : throw new ToilException($"Service '{context.Name}' made job '{job.Created[0].Name}'. Services can't: let the job that owns it add them.");
    });

    public Task<bool> CheckAsync(JobContext context) => thread.RunAsync(() =>
        RunPart(context, script.CreateCheck()) is not { Count: > 0 } output || LanguagePrimitives.IsTrue(output[^1]));

    public Task StopAsync(JobContext context) => thread.RunAsync(() => RunPart(context, script.CreateStop()));

    private Collection<PSObject> RunPart(JobContext context, ScriptBlock part)
    {
        var input = LaunchInput.Of(order, context) with { Positional = [] };
        return Run(new RunningJob(context, script, order.Code.Identity), part, [], input);
    }

    private Collection<PSObject> Run(RunningJob job, ScriptBlock part, ScriptBlock[] functions, LaunchInput input)
    {
        RunningJob.Current = job;
        try
        {
            return runspace().RunPart(part, functions, input);
        }
        finally
        {
            RunningJob.Current = null;
        }
    }
}
