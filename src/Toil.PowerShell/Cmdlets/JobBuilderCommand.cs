using System.Management.Automation;
using Toil.Scripting;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>What cmdlets share that make jobs of scriptblocks.</summary>
public abstract class JobBuilderCommand : ToilCommand
{
    private ScriptJobs? _jobs;

    /// <summary>What reports and logs call the job.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>What the job works on, such as a sample; shown behind its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UnitName { get; set; }

    /// <summary>Processor cores, or the promise of their number.</summary>
    [Parameter]
    [RequirementTransformation(RequestPart.Cores)]
    public object? Cores { get; set; }

    /// <summary>Peak memory, or the promise of it.</summary>
    [Parameter]
    [RequirementTransformation(RequestPart.Memory)]
    public object? Memory { get; set; }

    /// <summary>Peak size of the job's files on its node, or the promise of it.</summary>
    [Parameter]
    [RequirementTransformation(RequestPart.Disk)]
    public object? Disk { get; set; }

    /// <summary>GPUs and the like, such as 'nvidia:2', or the promise of them.</summary>
    [Parameter]
    [RequirementTransformation(RequestPart.Accelerators)]
    public object? Accelerators { get; set; }

    /// <summary>The job may run on a node that can be taken away.</summary>
    [Parameter]
    public SwitchParameter Preemptible { get; set; }

    /// <summary>The job runs even where a call cache has its result.</summary>
    [Parameter]
    public SwitchParameter NoCallCache { get; set; }

    /// <summary>The script's positional arguments. Jobs and promises stand for their values.</summary>
    [Parameter]
    [Alias("Args")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ArgumentList { get; set; }

    /// <summary>Makes a job; its first arguments are those given, then come those of the parameter.</summary>
    private protected Job Create(ScriptBlock script, params object?[] first) => Create(() => new ScriptJobs(script, SessionState), first);

    /// <param name="prepare">Makes jobs of the scripts; asked once.</param>
    /// <param name="first">The first arguments.</param>
    private protected Job Create(Func<ScriptJobs> prepare, params object?[] first)
    {
        var job = Jobs(prepare).Create(Name, Arguments(first));
        job.UnitName = UnitName ?? "";
        job.NoCallCache = NoCallCache;
        job.Request = new ResourceRequest(
            Cores as double?, Memory as ByteSize?, Disk as ByteSize?, MyInvocation.BoundParameters.ContainsKey(nameof(Preemptible)) ? Preemptible.IsPresent : null)
        {
            Accelerators = Accelerators as AcceleratorRequest,
        };
        Require(job, RequestPart.Cores, Cores);
        Require(job, RequestPart.Memory, Memory);
        Require(job, RequestPart.Disk, Disk);
        Require(job, RequestPart.Accelerators, Accelerators);
        return job;
    }

    private static void Require(Job job, RequestPart part, object? value)
    {
        if (value is PromisedRequirement promised)
        {
            job.Require(part, promised);
        }
    }

    private object?[] Arguments(object?[] first) => [.. first, .. (ArgumentList ?? []).Select(PSValues.Unwrap)];

    private ScriptJobs Jobs(Func<ScriptJobs> prepare)
    {
        if (_jobs is null)
        {
            _jobs = Require("CaptureFailed", null, prepare);
            foreach (var warning in _jobs.Warnings)
            {
                WriteWarning(warning);
            }
        }

        return _jobs;
    }
}
