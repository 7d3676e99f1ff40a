using System.Text;
using Toil.Agents;
using Toil.BatchSystems;
using Xunit;

namespace Toil.Tests.BatchSystems.External;

/// <summary>Who is believed when the worker and the batch system both say why a job failed.</summary>
public sealed class RemoteEndsTests
{
    private static readonly AttemptId Attempt = new(1, 1, 1);

    [Theory]
    [InlineData(BatchJobEndReason.TimeLimit, FailureReason.TimeLimit, "ran for longer than it may")]
    [InlineData(BatchJobEndReason.OutOfMemory, FailureReason.OutOfMemory, "used more memory than it had")]
    [InlineData(BatchJobEndReason.Preempted, FailureReason.Preempted, "taken away")]
    [InlineData(BatchJobEndReason.Killed, FailureReason.NodeLost, "Somebody cancelled")]
    public void OfFailure_ChildDiedOfWhatEndedTheWorker_TheBatchSystemKnowsWhy(BatchJobEndReason reason, object expected, string text)
    {
        var failure = RemoteEnds.OfFailure(new RemoteAttempt(Attempt), KilledChild, new BatchJobEnd("7", reason) { Output = " and the scheduler's" }).Failure!;

        Assert.Equal(expected, failure.Reason);
        Assert.Contains(text, failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal("the job's log and the scheduler's", Encoding.UTF8.GetString(failure.Log));
    }

    [Theory]
    [InlineData(BatchJobEndReason.Exited)]
    [InlineData(BatchJobEndReason.NodeLost)]
    [InlineData(BatchJobEndReason.Forgotten)]
    public void OfFailure_EndThatExplainsNothing_TheWorkerKnowsWhy(BatchJobEndReason reason)
    {
        Assert.Equal(KilledChild.Failure!.Error, RemoteEnds.OfFailure(new RemoteAttempt(Attempt), KilledChild, new BatchJobEnd("7", reason, 1)).Failure!.Error);
    }

    [Fact]
    public void OfFailure_JobOfABundle_KeepsItsOwnFailure()
    {
        var (first, second) = (new RemoteAttempt(Attempt), new RemoteAttempt(new AttemptId(2, 1, 2)));
        first.Job = second.Job = new RemoteJob("7", [first, second]);

        Assert.Equal(KilledChild.Failure!.Error, RemoteEnds.OfFailure(first, KilledChild, new BatchJobEnd("7", BatchJobEndReason.TimeLimit)).Failure!.Error);
    }

    private static AttemptOutcome KilledChild => new(
        Attempt, null, new AttemptFailure(FailureReason.Error, new ErrorInfo("Toil.ExitCode", "sh was killed by signal 15 (SIGTERM)"), "the job's log"u8.ToArray()), new ResourceUsage(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0));
}
