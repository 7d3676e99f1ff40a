namespace Toil.BatchSystems;

/// <summary>A job as a batch system gets it: a command line, and what it needs.</summary>
/// <param name="Name">
/// What the scheduler must know it as: <c>toil-&lt;workflow&gt;-&lt;bundle&gt;-&lt;entry&gt;</c>, in letters, digits, '-' and '.'. Those that are submitted
/// together have the same bundle, so an array may be named without the entry, if its elements' indices are the entries.
/// </param>
/// <param name="Number">The job's number in its workflow, as <c>toil status</c> shows it.</param>
/// <param name="JobName">What the workflow's author calls it; any text, for people.</param>
/// <param name="Requirements">What it must be given.</param>
/// <param name="Command">The program and its arguments, to be started as they are. It runs where the job store can be reached, under the same user.</param>
/// <param name="Entry">Its number among the jobs that were submitted together; the command line's last argument, and all that tells theirs apart.</param>
public sealed record BatchJob(string Name, long Number, string JobName, Requirements Requirements, IReadOnlyList<string> Command, int Entry)
{
    /// <summary>The name without the entry.</summary>
    public string BundleName => Name[..Name.LastIndexOf('-')];
}
