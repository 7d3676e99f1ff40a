using Toil.Jobs;
using Toil.Leader;

namespace Toil;

/// <summary>Everything that must hold of a graph before anything of it runs, reported together.</summary>
internal static class GraphAdmission
{
    /// <exception cref="JobGraphException">It can't run.</exception>
    public static void Check(JobGraph graph, Requirements defaults, Requirements? largest)
    {
        var problems = JobGraphValidator.Problems(graph);
        if (largest is not null)
        {
            foreach (var job in graph.Jobs)
            {
                if (Reactor.TooLarge(job.Request.Resolve(defaults), largest) is { } refusal)
                {
                    problems.Add($"Job '{job.Name}' {refusal}");
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new JobGraphException(problems);
        }
    }
}
