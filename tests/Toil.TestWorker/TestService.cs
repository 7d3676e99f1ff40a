namespace Toil.TestWorker;

/// <summary>A service that says in the leader's log what is done with it.</summary>
public sealed class TestService : IService
{
    private int _checks;

    /// <summary>The part that throws: start, check, stop; or the one that does something else that it shouldn't.</summary>
    public string Bad { get; set; } = "";

    /// <summary>How many checks find it running.</summary>
    public int Life { get; set; } = int.MaxValue;

    public Task<object?> StartAsync(JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        FailIf("start");
        return Bad switch
        {
            "promise" => Task.FromResult<object?>(Job.Of(TestJobs.Double, 1)),
            "child" => Task.FromResult<object?>(job.AddChild(Job.Of(TestJobs.Double, 1)).Name),
            "hang" => HangAsync(job),
            _ => Task.FromResult<object?>(Environment.ProcessId),
        };
    }

    public Task<bool> CheckAsync(JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        FailIf("check");
        job.Log($"check {++_checks}");
        return Task.FromResult(_checks < Life);
    }

    public Task StopAsync(JobContext job)
    {
        ArgumentNullException.ThrowIfNull(job);
        FailIf("stop");
        job.Log($"stopped, cancelled: {job.Cancellation.IsCancellationRequested}");
        return Task.CompletedTask;
    }

    private static async Task<object?> HangAsync(JobContext job)
    {
        job.Log("begun");
        await Task.Delay(Timeout.Infinite, job.Cancellation);
        return null;
    }

    private void FailIf(string part)
    {
        if (Bad == part)
        {
            throw new InvalidOperationException($"bad {part}");
        }
    }
}
