using System.Management.Automation.Language;
using Toil.Scripting;

namespace Toil.Worker;

/// <summary>The job that runs in this process, for the cmdlets that it calls from any of its runspaces.</summary>
internal sealed class RunningJob(JobContext context, CompiledScript script, string identity)
{
    private readonly List<Job> _created = [];

    /// <summary>Null outside jobs.</summary>
    public static RunningJob? Current { get; set; }

    public JobContext Context { get; } = context;

    /// <summary>The job's block, and where it stands in the user's source.</summary>
    public (Ast Block, string Identity)? Source { get; } = (script.Body, identity);

    /// <summary>The types that the job's code uses: what it makes jobs of may use them too.</summary>
    public ScriptPrelude Prelude => script.Prelude;

    public ResultWriter Result { get; } = new();

    /// <summary>The jobs that it made, linked or not.</summary>
    public IReadOnlyList<Job> Created => _created;

    public void Add(Job job)
    {
        lock (_created)
        {
            _created.Add(job);
        }
    }
}
