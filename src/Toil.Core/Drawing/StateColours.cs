namespace Toil.Drawing;

/// <summary>The colours of states: readable in black on them, and apart for those who see red and green alike.</summary>
internal static class StateColours
{
    public static readonly IReadOnlyDictionary<JobStatus, string> Fill = new Dictionary<JobStatus, string>
    {
        [JobStatus.Waiting] = "#eeeeee",
        [JobStatus.Ready] = "#fff3b0",
        [JobStatus.Running] = "#9ecae1",
        [JobStatus.Done] = "#c7e9c0",
        [JobStatus.Failed] = "#f4a582",
    };
}
