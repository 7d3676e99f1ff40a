namespace Toil.Integration.Workflows;

/// <summary>What every job of a test's workflow is told.</summary>
/// <param name="Runs">The file that each run of a job adds a line to.</param>
/// <param name="Delay">Milliseconds that each job takes at least, so that a kill finds some running.</param>
/// <param name="Gate">A file that jobs which wait for something wait for; empty for none.</param>
internal sealed record Plan(string Runs, int Delay, string Gate)
{
    /// <summary>To be called first by every job.</summary>
    public void Begin(JobContext job)
    {
        RunLog.Add(Runs, job.Name);
        if (Delay > 0)
        {
            // The job's work, in place of some: it has to last, not to wait for something.
            Thread.Sleep(Delay);
        }
    }

    /// <summary>Whether the test has opened the gate.</summary>
    public bool IsOpen => File.Exists(Gate);
}
