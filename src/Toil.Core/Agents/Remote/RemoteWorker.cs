using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Toil.CallCaching;
using Toil.Files;
using Toil.JobStores;
using Toil.Plugins;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// A node agent for one attempt, without a connection to the leader: it reads its launch order from the job store, runs it, and leaves
/// its end there. Started twice for one attempt, or beside another attempt of the same job, exactly one commit counts.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The agent is disposed where it is made, and a cancellation source without timers holds nothing that needs disposing.")]
internal sealed class RemoteWorker : IAgentEvents
{
    /// <summary>What goes to the leader's log is carried by the commit: so much of it at most.</summary>
    private const int MostMessages = 1000;

    private static readonly TimeSpan[] WriteRetries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    private readonly JobStore _store;
    private readonly RemoteSetup _setup;
    private readonly LaunchOrder _order;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<AttemptOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly List<(LogLevel Level, string Message)> _messages = [];
    private IAgent? _agent;
    private Task _serving = Task.CompletedTask;

    private RemoteWorker(JobStore store, RemoteSetup setup, LaunchOrder order, TimeProvider time) =>
        (_store, _setup, _order, _time) = (store, setup, order, time);

    /// <summary>Runs what a command line names.</summary>
    /// <returns>The exit code: 0 when the job has a commit, whoever made it; 1 when the attempt failed.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var given = RemoteWorkerArguments.Parse(arguments);
        PluginLoader.Load(given.Plugins);
        await using var store = await JobStore.OpenAsync(JobStoreLocator.Parse(given.Store)).ConfigureAwait(false);
        var (setup, order) = await LaunchBundle.ReadAsync(store.Blobs, given.Launch, given.Entry, CancellationToken.None).ConfigureAwait(false);
        return await new RemoteWorker(store, setup, order, TimeProvider.System).RunAsync().ConfigureAwait(false);
    }

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

    private async Task<int> RunAsync()
    {
        if (await _store.Blobs.HeadAsync(RemoteKeys.CommitOf(_order.Attempt.Job)).ConfigureAwait(false) is not null)
        {
            return 0;
        }

        // A directory of its own: the same attempt may have been started twice, and on the leader's node the workflow's is the leader's.
        var space = TempSpace.CreateFor(WorkDirectory(), _setup.Workflow, FormattableString.Invariant($"{_order.Attempt}-{Environment.ProcessId}"));
        try
        {
            return await ReportAsync(await RunAttemptAsync(space.Directory).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            space.Remove();
        }
    }

    private async Task<AttemptOutcome> RunAttemptAsync(string directory)
    {
        var caching = _setup.CallCache.Length > 0 ? new CallCachingAgent(_setup.CallCache, _store, this, _time) : null;
        var agent = new NodeAgent(OptionsIn(directory), (IAgentEvents?)caching ?? this, _time);
        await using var front = _agent = caching is null ? agent : caching.InFrontOf(agent);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndEarly);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndEarly);
        front.Launch(_order);
        var outcome = await _ended.Task.ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(false);
        return outcome with { Usage = outcome.Usage with { Node = Environment.MachineName } };
    }

    private void EndEarly(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _agent?.Kill(_order.Attempt);
    }

    private NodeAgentOptions OptionsIn(string directory) => new()
    {
        Workflow = _setup.Workflow.ToString(),
        Store = JobStoreLocator.ForPath(_store.Directory).ToString(),
        WorkDirectory = directory,
        OpenFiles = WorkerFiles.ForAgent(_store, new NodeAgentLayout(directory), _setup.Files),
        Files = _setup.Files,
        Workers = _setup.Workers,
        Environment = _setup.Environment,
        CoordinationDirectory = _setup.CoordinationDirectory.Length > 0 ? _setup.CoordinationDirectory : null,
        MaxLogSize = _setup.MaxLogSize,
        KeepsLogsOfSuccesses = _setup.KeepsLogsOfSuccesses,
        DiscardsOutput = _setup.DiscardsOutput,
        ServicePollingInterval = _setup.ServicePollingInterval,
    };

    /// <summary>The node's owner may overrule the workflow.</summary>
    private string WorkDirectory() =>
        Environment.GetEnvironmentVariable("TOIL_WORKDIR_OVERRIDE") is { Length: > 0 } overriding ? overriding
        : _setup.WorkDirectory.Length > 0 ? _setup.WorkDirectory
        : Path.GetTempPath();

    private async Task<int> ReportAsync(AttemptOutcome outcome)
    {
        List<(LogLevel, string)> messages;
        lock (_messages)
        {
            messages = [.. _messages];
        }

        var record = new OutboxRecord(outcome, _order.JobName, _order.TryNumber, messages).Encode();
        if (outcome.Commit is null)
        {
            await PutAsync(RemoteKeys.FailureOf(_order.Attempt), record, BlobPutOptions.Replace).ConfigureAwait(false);
            return 1;
        }

        var key = RemoteKeys.CommitOf(_order.Attempt.Job);
        if (!await PutAsync(key, record, BlobPutOptions.IfAbsent).ConfigureAwait(false))
        {
            await DiscardUnlessOursAsync(key).ConfigureAwait(false);
        }

        return 0;
    }

    private async Task<bool> PutAsync(string key, byte[] record, BlobPutOptions how)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await _store.Blobs.PutAsync(key, record, how).ConfigureAwait(false);
            }
            catch (Exception error) when (tries < WriteRetries.Length && error is ToilException or IOException)
            {
                await Task.Delay(WriteRetries[tries], _time).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Another attempt was first: what this one wrote goes. When it was this same attempt, started twice, the files are the commit's.</summary>
    private async Task DiscardUnlessOursAsync(string key)
    {
        if (await _store.Blobs.ReadAllAsync(key).ConfigureAwait(false) is { } winner && OutboxRecord.Decode(winner, key).Outcome.Attempt != _order.Attempt)
        {
            await new FileReaper(_store.Blobs).RemoveAttemptAsync(_order.Attempt, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The service has started: tells the leader, and looks for its word to stop.</summary>
    private async Task ServeAsync(EncodedValue value)
    {
        try
        {
            var writer = new ByteWriter();
            value.WriteTo(writer);
            await PutAsync(RemoteKeys.StartedOf(_order.Attempt), SealedBytes.Seal(writer.Written.Span), BlobPutOptions.Replace).ConfigureAwait(false);
            while (await _store.Blobs.HeadAsync(RemoteKeys.StopOf(_order.Attempt), _over.Token).ConfigureAwait(false) is null)
            {
                await Task.Delay(_setup.ServicePollingInterval, _time, _over.Token).ConfigureAwait(false);
            }

            _agent!.Stop(_order.Attempt);
        }
        catch (OperationCanceledException)
        {
            // It has ended by itself.
        }
    }
}
