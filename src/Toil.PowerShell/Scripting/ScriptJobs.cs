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
    public ScriptJobs(ScriptBlock script, SessionState session) : this(ScriptTemplate.Of(script), session) { }

    private ScriptJobs(ScriptTemplate template, SessionState session)
    {
        _template = template;
        _code = _template.CodeFor(session);
        _captured = _template.Usings.ToDictionary(expression => expression.Key, expression => expression.Evaluate(session));
        Warnings = [.. OuterVariables.Warnings(_template.OuterVariables, session)];
    }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Services of three scriptblocks.</summary>
    /// <inheritdoc cref="ScriptJobs(ScriptBlock, SessionState)" path="/exception"/>
    public static ScriptJobs OfService(ScriptBlock start, ScriptBlock? check, ScriptBlock? stop, SessionState session) =>
        new(ScriptTemplate.OfService(start, check, stop), session);

    public Job Create(string? name, IReadOnlyList<object?> arguments)
    {
        var job = CreateApart(name, arguments);
        RunningJob.Current?.Add(job);
        return job;
    }

    /// <summary>A job that doesn't belong to the graph, or gets into it by other ways.</summary>
    public Job CreateApart(string? name, IReadOnlyList<object?> arguments) =>
        new(name ?? _template.DefaultName, _code, ScriptArguments.Encode(arguments, _captured));
}
