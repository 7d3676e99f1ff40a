using System.Management.Automation;
using Toil.Worker;

namespace Toil.Scripting;

/// <summary>Makes jobs of one scriptblock for one call of a cmdlet.</summary>
internal sealed class ScriptJobs
{
    private readonly ScriptTemplate _template;
    private readonly Code _code;
    private readonly Dictionary<string, object?> _captured;

    /// <param name="script">The job's body.</param>
    /// <param name="session">The session that makes the jobs: its variables and functions are taken now.</param>
    /// <exception cref="ToilException">A <c>$using:</c> expression has no value here.</exception>
    public ScriptJobs(ScriptBlock script, SessionState session)
    {
        _template = ScriptTemplate.Of(script);
        _code = _template.CodeFor(session);
        _captured = _template.Usings.ToDictionary(expression => expression.Key, expression => expression.Evaluate(session));
        Warnings = [.. OuterVariables.Warnings(_template.OuterVariables, session)];
    }

    public IReadOnlyList<string> Warnings { get; }

    public Job Create(string? name, ResourceRequest request, IReadOnlyList<object?> arguments)
    {
        var job = CreateApart(name, arguments);
        job.Request = request;
        RunningJob.Current?.Add(job);
        return job;
    }

    /// <summary>A job that doesn't belong to the graph, such as what <see cref="JobContext.Defer(Job)"/> takes.</summary>
    public Job CreateApart(string? name, IReadOnlyList<object?> arguments) =>
        new(name ?? _template.DefaultName, _code, ScriptArguments.Encode(arguments, _captured));
}
