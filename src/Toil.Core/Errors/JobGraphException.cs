namespace Toil;

/// <summary>The graph of jobs can't run. Lists every problem that was found, each naming the jobs it concerns.</summary>
public sealed class JobGraphException(IReadOnlyList<string> problems)
    : ToilException(Describe(problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;

    private static string Describe(IReadOnlyList<string> problems) => problems.Count == 1
        ? problems[0]
        : $"The workflow has {problems.Count} problems:{string.Concat(problems.Select(problem => $"\n  - {problem}"))}";
}
