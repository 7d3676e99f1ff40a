using System.ComponentModel;
using System.Net.Sockets;
using Toil.Values;

namespace Toil.Agents;

/// <summary>A worker process, as its agent sees it. Its state belongs to the pool; this class talks.</summary>
internal sealed class Worker(WorkerPool pool, NodeAgent agent, WorkerSpec spec, string name)
{
    /// <summary>How long a worker that has closed its connection may take to end, before it is ended.</summary>
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);

    private readonly SentCodes _codes = new();
    private readonly ByteWriter _writer = new(4096);
    private readonly TaskCompletionSource<ChildProcess> _process = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WorkerChannel? _channel;
    private volatile bool _killed;
    private string _token = "";
    private TimeSpan _cpuBefore;

    public string Name => name;

    /// <summary>Its process number, which is its session's; null until it is started.</summary>
    public int? Process => _process.Task.IsCompletedSuccessfully ? _process.Task.Result.Id : null;

    /// <summary>Null until it is started, and when what it writes isn't captured.</summary>
    public WorkerLog? Log { get; private set; }

    // What follows is the pool's, under the pool's lock.
    public WorkerState State { get; set; } = WorkerState.Starting;

    /// <summary>The attempt that it runs, or that it will run once it is ready again.</summary>
    public WorkerAttempt? Current { get; set; }

    /// <summary>When the state ends that may last only so long.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>Why the agent ended it, when it did.</summary>
    public string? Verdict { get; set; }

    public void Start()
    {
        try
        {
            Log = agent.Options.CapturesOutput ? new WorkerLog(Path.Combine(agent.Options.WorkDirectory, $"{name}.log")) : null;
            _token = agent.Listener.Expect(this);
            var process = agent.StartChild(new ChildStart(spec.Program, spec.Arguments) { Environment = EnvironmentFor(), OutputPath = agent.Options.DiscardsOutput ? "/dev/null" : Log?.Path });
            _process.SetResult(process);
            process.Exit.ContinueWith(ended => OnExit(ended.Result), TaskScheduler.Default);
            if (_killed)
            {
                process.KillSession();
            }
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException or SocketException)
        {
            agent.Listener.Forget(_token);
            pool.Gone(this, null, $"can't be started: {error.Message}");
        }
    }

    /// <summary>Receives until the worker is gone. Called on the connection's own thread.</summary>
    public void Serve(WorkerChannel channel, TimeSpan cpu)
    {
        _channel = channel;
        _cpuBefore = cpu;
        try
        {
            pool.Ready(this);
            while (channel.TryReceive(out var message, out var payload))
            {
                Handle(message, payload);
            }
        }
        catch (Exception error) when (error is SocketException or InvalidDataException or ObjectDisposedException)
        {
        }

        // What it sent before its end has been read: a commit counts, whatever the exit code says.
        var exit = WaitForExit();
        pool.Gone(this, exit, "");
    }

    public void SendRun(LaunchOrder order)
    {
        lock (_writer)
        {
            _writer.Clear();
            _codes.Write(_writer, order);
            Send(WorkerMessage.Run);
        }
    }

    public void SendCancel(AttemptId attempt) => Send(WorkerMessage.Cancel, attempt);

    public void SendStop(AttemptId attempt) => Send(WorkerMessage.Stop, attempt);

    /// <summary>Tells it that there is no more to do. One that hasn't reported yet is killed: it has done nothing so far.</summary>
    public void Leave()
    {
        if (_channel is null)
        {
            Kill();
            return;
        }

        lock (_writer)
        {
            _writer.Clear();
            Send(WorkerMessage.Exit);
        }
    }

    public void Kill()
    {
        _killed = true;
        if (_process.Task.IsCompletedSuccessfully)
        {
            _process.Task.Result.KillSession();
        }
    }

    /// <summary>Processor time between the last job's reset and the process's end.</summary>
    public TimeSpan CpuUntil(ChildExit exit) => exit.Cpu > _cpuBefore ? exit.Cpu - _cpuBefore : TimeSpan.Zero;

    private Dictionary<string, string> EnvironmentFor()
    {
        var variables = agent.EnvironmentOfJobs();
        spec.SetEnvironment(variables);
        variables[AgentIdentity.Variable] = agent.Identity.Mark(name);
        var options = agent.Options;
        new WorkerEnvironment(agent.Listener.Path, _token, options.Store, options.WorkDirectory, options.Workflow, spec)
        {
            ServiceInterval = options.ServicePollingInterval,
            RealTimeLogging = options.RealTimeLogging,
            Files = options.Files.ToString(),
        }.AddTo(variables);
        return variables;
    }

    private void Handle(WorkerMessage message, ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        switch (message)
        {
            case WorkerMessage.Commit:
                var (cpu, peak, disk) = ReadUsage(ref reader);
                pool.Finish(this)?.Succeed(payload[reader.Position..].ToArray(), cpu, peak, disk);
                break;
            case WorkerMessage.Failed:
                (cpu, peak, disk) = ReadUsage(ref reader);
                var reason = (FailureReason)reader.ReadByte();
                pool.Finish(this)?.Fail(reason, ErrorInfo.ReadFrom(ref reader), cpu, peak, disk, Log);
                break;
            case WorkerMessage.Started when Current is { } attempt:
                agent.Start(attempt.Order.Attempt, EncodedValue.ReadFrom(ref reader));
                break;
            case WorkerMessage.Log when Current is { } attempt:
                agent.Log(attempt.Order, (LogLevel)reader.ReadByte(), reader.ReadString());
                break;
            case WorkerMessage.Deferred:
                Current?.HasDeferred();
                break;
            case WorkerMessage.Ready:
                _cpuBefore = TimeSpan.FromTicks(reader.ReadVarint());
                pool.Ready(this);
                break;
            case WorkerMessage.MustReplace:
                pool.Retire(this);
                break;
        }
    }

    private (TimeSpan Cpu, ByteSize Peak, ByteSize Disk) ReadUsage(ref ByteReader reader) =>
        (TimeSpan.FromTicks(reader.ReadVarint()) - _cpuBefore, reader.ReadVarint(), reader.ReadVarint());

    private void Send(WorkerMessage message, AttemptId attempt)
    {
        lock (_writer)
        {
            _writer.Clear();
            attempt.WriteTo(_writer);
            Send(message);
        }
    }

    /// <summary>A worker that is gone doesn't take orders: its connection's thread notices, and says what becomes of the attempt.</summary>
    private void Send(WorkerMessage message)
    {
        try
        {
            _channel?.Send(message, _writer);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }

    private void OnExit(ChildExit exit)
    {
        agent.Listener.Forget(_token);
        if (_channel is null)
        {
            pool.Gone(this, exit, $"{exit} before it was ready");
        }
    }

    private ChildExit WaitForExit()
    {
        var exit = _process.Task.GetAwaiter().GetResult().Exit;
        if (!exit.Wait(ExitTimeout))
        {
            Kill();
        }

        return exit.GetAwaiter().GetResult();
    }
}
