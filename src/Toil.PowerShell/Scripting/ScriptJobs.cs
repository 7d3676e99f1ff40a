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

    private ScriptJobs(ScriptTemplate template, Code code)
    {
        (_template, _code, _captured, Warnings) = (template, code, [], []);
    }

    private ScriptJobs(ScriptTemplate template, SessionState session) : this(template, template.CodeFor(session), session) { }

    private ScriptJobs(ScriptTemplate template, Code code, SessionState session) : this(template, code)
    {
        _captured = _template.Usings.ToDictionary(expression => expression.Key, expression => expression.Evaluate(session));
        Warnings = [.. OuterVariables.Warnings(_template.OuterVariables, session)];
    }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Jobs that run on this node.</summary>
    /// <inheritdoc cref="ScriptJobs(ScriptBlock, SessionState)"/>
    public static ScriptJobs OfHere(ScriptBlock script, SessionState session)
    {
        var template = ScriptTemplate.Of(script);
        return new ScriptJobs(template, template.CodeForHere(session), session);
    }

    /// <summary>Services of three scriptblocks.</summary>
    /// <inheritdoc cref="ScriptJobs(ScriptBlock, SessionState)" path="/exception"/>
    public static ScriptJobs OfService(ScriptBlock start, ScriptBlock? check, ScriptBlock? stop, SessionState session) =>
        new(ScriptTemplate.OfService(start, check, stop), session);

    /// <summary>Jobs of a text that needs nothing of any session.</summary>
    public static ScriptJobs OfText(string text)
    {
        var code = new ScriptCode(SourceText.None with { Text = text }, "", [], []).ToCode("");
        return new ScriptJobs(ScriptTemplate.Of(ScriptBlock.Create(text)), code);
    }

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
