using System.Diagnostics.CodeAnalysis;
using Toil.Files;
using Toil.JobStores;
using Toil.Values;

namespace Toil.Agents;

/// <summary>One attempt of an agent without a connection: what it has to tell the leader goes to the job store.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timers holds nothing that needs disposing.")]
internal sealed class RemoteRun(IBlobStore blobs, TimeSpan pollingInterval, LaunchOrder order, IAgent agent, Eviction eviction, TimeProvider time) : IAgentEvents
{
    /// <summary>What goes to the leader's log is carried by the commit: so much of it at most.</summary>
    private const int MostMessages = 1000;

    private static readonly TimeSpan[] WriteRetries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    private readonly TaskCompletionSource<AttemptOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly List<(LogLevel Level, string Message)> _messages = [];
    private Task _serving = Task.CompletedTask;

    public AttemptId Attempt => order.Attempt;

    public void Ended(AttemptOutcome outcome) => _ended.TrySetResult(outcome);

    public void Started(AttemptId attempt, EncodedValue value) => _serving = ServeAsync(value);

    public void Logged(AttemptId attempt, string jobName, LogLevel level, string message)
    {
        lock (_messages)
        {
            if (_messages.Count < MostMessages)
            {
                _messages.Add((level, message));
            }
        }
    }

    /// <summary>Waits for the attempt's end, and leaves it in the job store. Its temporary files go.</summary>
    /// <returns>0 when the job has a commit, whoever made it; 1 when the attempt failed.</returns>
    public async Task<int> ReportEndAsync()
    {
        var outcome = await eviction.ExplainAsync(await _ended.Task.ConfigureAwait(false)).ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(false);
        await ReportAsync(outcome with { Usage = outcome.Usage with { Node = Environment.MachineName } }).ConfigureAwait(false);
        agent.Settled(order.Attempt, outcome.Commit is not null);
        return outcome.Commit is null ? 1 : 0;
    }

    /// <summary>Leaves an attempt's end in the job store.</summary>
    /// <param name="blobs">The store.</param>
    /// <param name="outcome">The end.</param>
    /// <param name="record">What says so.</param>
    /// <param name="time">Measures the waits between tries.</param>
    public static async Task LeaveAsync(IBlobStore blobs, AttemptOutcome outcome, byte[] record, TimeProvider time)
    {
        if (outcome.Commit is null)
        {
            await PutAsync(blobs, RemoteKeys.FailureOf(outcome.Attempt), record, BlobPutOptions.Replace, time).ConfigureAwait(false);
            return;
        }

        var key = RemoteKeys.CommitOf(outcome.Attempt.Job);
        if (!await PutAsync(blobs, key, record, BlobPutOptions.IfAbsent, time).ConfigureAwait(false))
        {
            await DiscardUnlessOwnAsync(blobs, key, outcome.Attempt).ConfigureAwait(false);
        }
    }

    private Task ReportAsync(AttemptOutcome outcome)
    {
        List<(LogLevel, string)> messages;
        lock (_messages)
        {
            messages = [.. _messages];
        }

        return LeaveAsync(blobs, outcome, new OutboxRecord(outcome, order.JobName, order.TryNumber, messages).Encode(), time);
    }

    private static async Task<bool> PutAsync(IBlobStore blobs, string key, byte[] record, BlobPutOptions how, TimeProvider time)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await blobs.PutAsync(key, record, how).ConfigureAwait(false);
            }
            catch (Exception error) when (tries < WriteRetries.Length && error is ToilException or IOException)
            {
                await Task.Delay(WriteRetries[tries], time).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Another attempt was first: what this one wrote goes. When it was this same attempt, started twice, the files are the commit's.</summary>
    private static async Task DiscardUnlessOwnAsync(IBlobStore blobs, string key, AttemptId attempt)
    {
        if (await blobs.ReadAllAsync(key).ConfigureAwait(false) is { } winner && OutboxRecord.Decode(winner, key).Outcome.Attempt != attempt)
        {
            await new FileReaper(blobs).RemoveAttemptAsync(attempt, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The service has started: tells the leader, and looks for its word to stop.</summary>
    private async Task ServeAsync(EncodedValue value)
    {
        try
        {
            var writer = new ByteWriter();
            value.WriteTo(writer);
            await PutAsync(blobs, RemoteKeys.StartedOf(order.Attempt), SealedBytes.Seal(writer.Written.Span), BlobPutOptions.Replace, time).ConfigureAwait(false);
            while (await blobs.HeadAsync(RemoteKeys.StopOf(order.Attempt), _over.Token).ConfigureAwait(false) is null)
            {
                await Task.Delay(pollingInterval, time, _over.Token).ConfigureAwait(false);
            }

            agent.Stop(order.Attempt);
        }
        catch (OperationCanceledException)
        {
            // It has ended by itself.
        }
    }
}
