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

    /// <summary>Processor cores.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e6)]
    public double? Cores { get; set; }

    /// <summary>Peak memory.</summary>
    [Parameter]
    [ByteSizeTransformation]
    public ByteSize? Memory { get; set; }

    /// <summary>Peak size of the job's files on its node.</summary>
    [Parameter]
    [ByteSizeTransformation]
    public ByteSize? Disk { get; set; }

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
    private protected Job Create(ScriptBlock script, params object?[] first)
    {
        _jobs ??= Prepare(script);
        var request = new ResourceRequest(Cores, Memory, Disk, MyInvocation.BoundParameters.ContainsKey(nameof(Preemptible)) ? Preemptible.IsPresent : null);
        var job = _jobs.Create(Name, request, [.. first, .. (ArgumentList ?? []).Select(PSValues.Unwrap)]);
        job.NoCallCache = NoCallCache;
        return job;
    }

    private ScriptJobs Prepare(ScriptBlock script)
    {
        var jobs = Require("CaptureFailed", script, () => new ScriptJobs(script, SessionState));
        foreach (var warning in jobs.Warnings)
        {
            WriteWarning(warning);
        }

        return jobs;
    }
}
