using System.Management.Automation;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>What the cmdlets share that link a job to one that comes before it.</summary>
public abstract class LinkCommand : CheckpointCommand
{
    private const string ByJob = "Job";
    private const string ByScript = "ScriptBlock";
    private const string ByScriptHere = "ScriptBlockInJob";

    /// <summary>The job that comes first; inside a job, the running job when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ByJob)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByScript)]
    [Alias("To")]
    public Job? Parent { get; set; }

    /// <summary>The job to add.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, Position = 1, ParameterSetName = ByJob)]
    public Job[] InputObject { get; set; } = [];

    /// <summary>What a new job runs, which is then added.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByScript)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByScriptHere)]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var parent = Require("NoParent", null, FindParent);
        if (ScriptBlock is not null)
        {
            Try("InvalidArgument", ScriptBlock, () => Add(parent, CreateJob(ScriptBlock)));
            return;
        }

        foreach (var job in InputObject)
        {
            Try("InvalidLink", job, () => Add(parent, job));
        }
    }

    private protected abstract void Link(Job parent, Job added);

    private void Add(Job parent, Job added)
    {
        Link(parent, added);
        WriteObject(added);
    }

    private Job FindParent() => Parent ?? RunningJob.Current?.Context.Self
        ?? throw new ToilException("Say which job to add to with -Parent; only inside a job can it be left out.");
}
