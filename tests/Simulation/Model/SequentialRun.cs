using Toil.Simulation.Scripts;

namespace Toil.Simulation.Model;

/// <summary>Runs a workflow in the reference alone: one job after the other, nothing ever goes wrong by chance.</summary>
internal static class SequentialRun
{
    public static ReferenceModel Of(ScriptGenerator scripts, int retryCount, Func<int, int> versionOf)
    {
        var model = new ReferenceModel(scripts);
        model.Start();
        while (model.Jobs.LastOrDefault(CanRun) is { } job)
        {
            if (Fails(job, retryCount, versionOf(JobScript.ClassOf(job.Id))))
            {
                job.IsFailed = true;
            }
            else
            {
                model.Commit(job, default);
            }
        }

        return model;
    }

    private static bool CanRun(ModelJob job) => job is { WasReleased: true, IsCommitted: false, IsFailed: false };

    private static bool Fails(ModelJob job, int retryCount, int version) =>
        job.IsRefused || job.Script.IsInvalid
        || (version == 0 && (job.Script.Failure.FailingTries > retryCount || job.Script.Failure is { FailingTries: > 0, Retryable: false }));
}
