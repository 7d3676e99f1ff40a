using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Toil.JobStores;
using Toil.Options;
using Toil.Plugins;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// A node agent that stays: it takes job after job from the leader. When the leader is gone, what runs goes on, and the pilot looks for the
/// next leader; when none comes for long, it leaves what has ended in the job store and ends.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timers holds nothing that needs disposing.")]
internal sealed class Pilot : IAgentEvents
{
    /// <summary>How long to look for a leader that never answered, at most.</summary>
    private static readonly TimeSpan ReachTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Messages for the leader's log are dropped while so much waits to be sent.</summary>
    private const int MostPending = 16 << 20;

    private readonly JobStore _store;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly TimeSpan _leaderWait;
    private readonly PilotConnector _connector;
    private readonly PilotCargo _cargo = new();
    private readonly Dictionary<Hash128, Code> _codes = [];
    private readonly CancellationTokenSource _leaving = new();
    private readonly Eviction _eviction;
    private string _secret;
    private volatile PilotChannel? _channel;
    private PilotChannel? _open;
    private IAgent? _agent;

    private Pilot(JobStore store, string name, PilotLaunch launch, TimeProvider time) =>
        (_store, _name, _secret, _leaderWait, _time, _connector, _eviction) = (store, name, launch.Token, launch.LeaderWait, time, new PilotConnector(store.Blobs, time), new Eviction(time));

    /// <summary>Is the pilot that a command line names, until there is nothing more to do.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ToilException">The leader can't be reached, or doesn't want it.</exception>
    public static async Task<int> RunAsync(RemoteWorkerArguments given, TimeProvider time)
    {
        PluginLoader.Load(given.Plugins);
        await using var store = await JobStore.OpenAsync(JobStoreLocator.Parse(given.Store)).ConfigureAwait(false);
        var name = PilotKeys.NameOf(given.Launch, given.Entry);
        var key = PilotKeys.LaunchOf(name);
        if (await store.Blobs.ReadAllAsync(key).ConfigureAwait(false) is not { } bytes)
        {
            throw new ToilException($"The job store has no {key}: the workflow has ended, or the pilot was started before.");
        }

        var launch = PilotLaunch.Decode(bytes, key);
        var pilot = new Pilot(store, name, launch, time);

        // From here on: a node that is only being made is cleared, too.
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, pilot.EndEarly);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, pilot.EndEarly);
        try
        {
            await using var node = await RemoteNode.OpenAsync(store, launch.Setup, name, pilot, time).ConfigureAwait(false);
            return await pilot.RunAsync(node.Agent).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (pilot._leaving.IsCancellationRequested)
        {
            // It had nothing to do when the batch system wanted the node back.
            return 0;
        }
        finally
        {
            // The leader waits until this node is clear.
            await pilot.CloseAsync().ConfigureAwait(false);
        }
    }

    public void Ended(AttemptOutcome outcome) => _ = TellEndAsync(outcome);

    public void Started(AttemptId attempt, EncodedValue value)
    {
        var start = _cargo.Start(attempt, value);
        _channel?.Send(PilotMessage.Started, start);
    }

    public void Logged(AttemptId attempt, string jobName, LogLevel level, string message)
    {
        RemoteNode.LogHere(attempt, jobName, message);
        if (_channel is { Pending: < MostPending } channel)
        {
            var writer = new ByteWriter();
            attempt.WriteTo(writer);
            writer.WriteString(jobName);
            writer.WriteByte((byte)level);
            writer.WriteString(message);
            channel.Send(PilotMessage.Log, writer);
        }
    }

    private async Task<int> RunAsync(IAgent agent)
    {
        _agent = agent;
        var (absent, hasServed) = (_time.GetTimestamp(), false);
        while (true)
        {
            if (await _connector.TryConnectAsync(_leaving.Token).ConfigureAwait(false) is { } channel)
            {
                var end = await ServeAsync(channel).ConfigureAwait(false);
                if (end == ConnectionEnd.NothingToDo)
                {
                    return 0;
                }

                if (end == ConnectionEnd.Broken)
                {
                    (absent, hasServed) = (_time.GetTimestamp(), true);
                }
            }

            if (_connector.IsOver)
            {
                return 0;
            }

            if (_eviction.HasCome || _time.GetElapsedTime(absent) >= (hasServed || _leaderWait < ReachTimeout ? _leaderWait : ReachTimeout))
            {
                // What still runs goes on: a leader may yet come, and if none does, its end is left in the job store too.
                await LeaveEndsAsync().ConfigureAwait(false);
                if (_cargo.IsEmpty)
                {
                    return _eviction.HasCome ? 0 : hasServed ? await EndAloneAsync().ConfigureAwait(false) : throw Unreachable();
                }
            }

            await Task.Delay(RetryInterval, _time, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> EndAloneAsync()
    {
        await Console.Error.WriteLineAsync(
            $"toil: {_connector.Trouble}. No leader has come for {Duration.Format(_leaderWait)} (--pilotLeaderWait), so the pilot on {Environment.MachineName} ends. The results of what it ran are in the job store: go on with --restart.").ConfigureAwait(false);
        return 0;
    }

    private ToilException Unreachable() => new(
        $"{_connector.Trouble}, so the pilot on {Environment.MachineName} ends. Name an address of the leader's host that nodes can reach with --pilotAddress HOST or HOST:PORT, and let its firewall admit that port; or run without --pilots.");

    private async Task CloseAsync()
    {
        if (_open is { } open)
        {
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says hello, then does what the leader says until the connection ends.</summary>
    private async Task<ConnectionEnd> ServeAsync(PilotChannel channel)
    {
        await CloseAsync().ConfigureAwait(false);
        _open = channel;
        var writer = new ByteWriter();
        new PilotHello(_name, _secret, Environment.MachineName, _cargo.Held()).WriteTo(writer);
        channel.Send(PilotMessage.Hello, writer);
        if (await channel.ReceiveAsync(_leaving.Token).ConfigureAwait(false) is not { } answer)
        {
            return ConnectionEnd.Unanswered;
        }

        if (answer.Message != PilotMessage.Welcome)
        {
            throw new ToilException($"The workflow's leader doesn't want this pilot: {ReadText(answer.Payload)}");
        }

        _secret = ReadText(answer.Payload);
        _codes.Clear();
        _channel = channel;
        foreach (var start in _cargo.Starts())
        {
            channel.Send(PilotMessage.Started, start);
        }

        foreach (var (_, record) in _cargo.Ends())
        {
            channel.Send(PilotMessage.Ended, record);
        }

        try
        {
            return await ObeyAsync(channel).ConfigureAwait(false);
        }
        finally
        {
            _channel = null;
        }
    }

    private async Task<ConnectionEnd> ObeyAsync(PilotChannel channel)
    {
        while (await channel.ReceiveAsync(CancellationToken.None).ConfigureAwait(false) is var (message, payload))
        {
            if (message == PilotMessage.Exit)
            {
                return ConnectionEnd.NothingToDo;
            }

            Obey(message, payload.Span);
            if (_eviction.HasCome && _cargo.IsEmpty)
            {
                return ConnectionEnd.NothingToDo;
            }
        }

        return ConnectionEnd.Broken;
    }

    private void Obey(PilotMessage message, ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        switch (message)
        {
            case PilotMessage.Run:
                Run(ref reader);
                break;
            case PilotMessage.Kill:
                _agent!.Kill(AttemptId.ReadFrom(ref reader));
                break;
            case PilotMessage.Stop:
                _agent!.Stop(AttemptId.ReadFrom(ref reader));
                break;
            case PilotMessage.Settled:
                var attempt = AttemptId.ReadFrom(ref reader);
                if (_cargo.Remove(attempt))
                {
                    _agent!.Settled(attempt, reader.ReadBool());
                }

                break;
        }
    }

    private void Run(ref ByteReader reader)
    {
        var order = SentCodes.Read(ref reader, _codes);
        if (_cargo.TryAdd(order))
        {
            _agent!.Launch(order);
            if (_eviction.HasCome)
            {
                _agent.Kill(order.Attempt);
            }
        }
    }

    private async Task TellEndAsync(AttemptOutcome outcome)
    {
        outcome = await _eviction.ExplainAsync(outcome).ConfigureAwait(false);
        if (_eviction.HasCome && outcome.Failure is { Reason: FailureReason.Cancelled } failure)
        {
            outcome = outcome with { Failure = failure with { Reason = FailureReason.Preempted, Error = AttemptErrors.PilotEnded } };
        }

        if (_cargo.End(outcome with { Usage = outcome.Usage with { Node = Environment.MachineName } }) is { } record)
        {
            _channel?.Send(PilotMessage.Ended, record);
        }
    }

    /// <summary>The batch system wants the node back.</summary>
    private void EndEarly(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _eviction.Come();
        _channel?.Send(PilotMessage.Leaving);
        foreach (var attempt in _cargo.Running())
        {
            _agent!.Kill(attempt);
        }

        if (_cargo.IsEmpty)
        {
            _leaving.Cancel();
            _channel?.Break();
        }
    }

    /// <summary>No leader takes the ends that are known: they are left where the next one looks for them.</summary>
    private async Task LeaveEndsAsync()
    {
        foreach (var (outcome, record) in _cargo.Ends())
        {
            await RemoteRun.LeaveAsync(_store.Blobs, outcome, record, _time).ConfigureAwait(false);
            _cargo.Remove(outcome.Attempt);
            _agent!.Settled(outcome.Attempt, outcome.Commit is not null);
        }
    }

    private static string ReadText(ReadOnlyMemory<byte> payload)
    {
        var reader = new ByteReader(payload.Span);
        return reader.ReadString();
    }

    private enum ConnectionEnd
    {
        /// <summary>The leader was gone before it said a word.</summary>
        Unanswered,
        Broken,
        NothingToDo,
    }
}
