using System.Runtime.InteropServices;
using Toil.JobStores;
using Toil.Plugins;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// A node agent without a connection to the leader: it reads its launch orders from the job store, runs one after the other with the same
/// warm workers, and leaves the end of each there at once. Started twice for one attempt, or beside another attempt of the same job, exactly
/// one commit counts.
/// </summary>
internal sealed class RemoteWorker : IAgentEvents
{
    /// <summary>The exit code of one that has run for long enough, and leaves the rest of its attempts to others.</summary>
    public const int LeavesTheRest = 75;

    private readonly JobStore _store;
    private readonly RemoteSetup _setup;
    private readonly IReadOnlyList<LaunchOrder> _orders;
    private readonly TimeProvider _time;
    private readonly Eviction _eviction;
    private volatile RemoteRun? _run;

    private RemoteWorker(JobStore store, RemoteSetup setup, IReadOnlyList<LaunchOrder> orders, TimeProvider time) =>
        (_store, _setup, _orders, _time, _eviction) = (store, setup, orders, time, new Eviction(time));

    /// <summary>Runs what a command line names.</summary>
    /// <returns>The exit code: 0 when all jobs have commits, whoever made them; 1 when an attempt failed.</returns>
    public static async Task<int> RunAsync(RemoteWorkerArguments given)
    {
        PluginLoader.Load(given.Plugins);
        await using var store = await JobStore.OpenAsync(JobStoreLocator.Parse(given.Store)).ConfigureAwait(false);
        var (setup, orders) = await LaunchBundle.ReadAsync(store.Blobs, given.Launch, given.Entry, CancellationToken.None).ConfigureAwait(false);
        return await new RemoteWorker(store, setup, orders, TimeProvider.System).RunAsync().ConfigureAwait(false);
    }

    public void Ended(AttemptOutcome outcome) => _run!.Ended(outcome);

    public void Started(AttemptId attempt, EncodedValue value) => _run!.Started(attempt, value);

    public void Logged(AttemptId attempt, string jobName, LogLevel level, string message)
    {
        _run?.Logged(attempt, jobName, level, message);
        RemoteNode.LogHere(attempt, jobName, message);
    }

    private async Task<int> RunAsync()
    {
        await using var node = await RemoteNode.OpenAsync(_store, _setup, $"{_orders[0].Attempt}", this, _time).ConfigureAwait(false);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => EndEarly(signal, node.Agent));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => EndEarly(signal, node.Agent));
        var (began, code) = (_time.GetTimestamp(), 0);
        foreach (var order in _orders)
        {
            if (order != _orders[0] && (_eviction.HasCome || _time.GetElapsedTime(began) >= _setup.CoalesceTime))
            {
                return _eviction.HasCome ? 1 : LeavesTheRest;
            }

            if (await _store.Blobs.HeadAsync(RemoteKeys.CommitOf(order.Attempt.Job)).ConfigureAwait(false) is null)
            {
                code |= await RunAsync(order, node.Agent).ConfigureAwait(false);
            }
        }

        return code;
    }

    private async Task<int> RunAsync(LaunchOrder order, IAgent agent)
    {
        _run = new RemoteRun(_store.Blobs, _setup.ServicePollingInterval, order, agent, _eviction, _time);
        agent.Launch(order);
        if (_eviction.HasCome)
        {
            agent.Kill(order.Attempt);
        }

        return await _run.ReportEndAsync().ConfigureAwait(false);
    }

    private void EndEarly(PosixSignalContext signal, IAgent agent)
    {
        signal.Cancel = true;
        _eviction.Come();
        if (_run is { } run)
        {
            agent.Kill(run.Attempt);
        }
    }
}
