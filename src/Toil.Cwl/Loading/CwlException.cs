using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <summary>A document or an input object can't be used; the message has one line for each error.</summary>
internal sealed class CwlException : ToilException
{
    public CwlException(IReadOnlyList<Problem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    public CwlException(SourcePosition position, string message)
        : this([new Problem(Severity.Error, position, message)])
    {
    }

    /// <summary>At least one, all of them errors.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <exception cref="CwlException">There is an error among the problems; all errors are in it.</exception>
    public static void ThrowIfAny(IReadOnlyList<Problem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new CwlException(errors);
        }
    }
}
