using Toil.Simulation.Scripts;

namespace Toil.Simulation.Model;

/// <summary>Runs a workflow in the reference alone: one job after the other, nothing ever goes wrong by chance.</summary>
internal static class SequentialRun
{
    public static ReferenceModel Of(ScriptGenerator scripts, int retryCount, Func<int, int> versionOf)
    {
        var model = new ReferenceModel(scripts);
        model.Start();
        while (true)
        {
            if (model.Jobs.LastOrDefault(job => job is { HasServices: true, IsDone: true, AreServicesStopped: false }) is { } owner)
            {
                model.StopServices(owner);
            }
            else if (model.Jobs.LastOrDefault(CanRun) is { } job)
            {
                Run(model, job, Fails(job, retryCount, versionOf(JobScript.ClassOf(job.Id))));
            }
            else if (model.Circles() is { Count: > 0 } circles)
            {
                circles.ForEach(job => job.IsFailed = true);
            }
            else
            {
                return model;
            }
        }
    }

    private static void Run(ReferenceModel model, ModelJob job, bool fails)
    {
        if (fails)
        {
            job.IsFailed = true;
        }
        else if (job.Made.IsService)
        {
            model.StartService(job);
        }
        else
        {
            model.Commit(job, default);
        }
    }

    private static bool CanRun(ModelJob job) => job is { WasReleased: true, IsAwaiting: false, IsCommitted: false, IsFailed: false, IsComplete: false };

    private static bool Fails(ModelJob job, int retryCount, int version) =>
        job.IsRefused || job.Script.IsInvalid
        || (version == 0 && (job.Script.Failure.FailingTries > retryCount || job.Script.Failure is { FailingTries: > 0, Retryable: false }));
}
