using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <summary>Collects problems in the order of their finding, each once however often its place is visited.</summary>
internal sealed class ProblemList
{
    /// <summary>A hostile document must not fill the memory with complaints.</summary>
    private const int Limit = 1000;

    private readonly List<Problem> _problems = [];
    private readonly HashSet<Problem> _seen = [];
    private readonly HashSet<(SourceDocument Document, string Topic)> _warned = [];

    public IReadOnlyList<Problem> All => _problems;

    public int ErrorCount { get; private set; }

    public void Error(SourcePosition position, string message) => Add(new Problem(Severity.Error, position, message));

    public void Warn(SourcePosition position, string message) => Add(new Problem(Severity.Warning, position, message));

    /// <summary>Warns only at the first place in a document that gives reason to.</summary>
    public void WarnOnce(SourceDocument document, string topic, SourcePosition position, string message)
    {
        if (_warned.Add((document, topic)))
        {
            Warn(position, message);
        }
    }

    public void Add(Problem problem)
    {
        if (_problems.Count >= Limit || !_seen.Add(problem))
        {
            return;
        }

        _problems.Add(problem);
        if (problem.Severity == Severity.Error)
        {
            ErrorCount++;
        }
    }

    /// <exception cref="CwlException">There are errors.</exception>
    public void ThrowIfAny() => CwlException.ThrowIfAny(_problems);
}
