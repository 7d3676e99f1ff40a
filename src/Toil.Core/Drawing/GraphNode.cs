using Toil.Jobs;

namespace Toil.Drawing;

/// <summary>A job, or all jobs of one name.</summary>
/// <param name="Id">Its number within the graph.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many jobs it stands for.</param>
/// <param name="Counts">How many of them stand where; empty before the start.</param>
internal sealed record GraphNode(long Id, string Name, int Count, IReadOnlyDictionary<JobStatus, int> Counts)
{
    /// <summary>The state that most deserves attention; null before the start.</summary>
    public JobStatus? Status => Counts.Count == 0 ? null : Counts.Keys.MaxBy(Attention);

    /// <summary>Its name, with how many jobs it stands for.</summary>
    public string Title => Count == 1 ? Name : $"{Name} × {Count}";

    /// <summary>Where its jobs stand, in words; empty before the start.</summary>
    public string States => Count == 1
        ? string.Concat(Counts.Keys.Select(Word))
        : string.Join(", ", Counts.OrderByDescending(count => Attention(count.Key)).Select(count => $"{count.Value} {Word(count.Key)}"));

    public static string Word(JobStatus status) => status.ToString().ToLowerInvariant();

    private static int Attention(JobStatus status) => status switch
    {
        JobStatus.Failed => 4,
        JobStatus.Running => 3,
        JobStatus.Ready => 2,
        JobStatus.Waiting => 1,
        _ => 0,
    };
}

/// <summary>A link between two nodes.</summary>
/// <param name="From">The one that is followed.</param>
/// <param name="To">The one that follows.</param>
/// <param name="Kind">As a child or as a follow-on.</param>
/// <param name="Count">How many links of jobs it stands for.</param>
internal readonly record struct GraphLink(long From, long To, EdgeKind Kind, int Count);
