using System.Net.Sockets;
using Toil.Files;
using Toil.Values;

namespace Toil.Agents;

/// <summary>The worker's side of a worker process: connects to its agent and runs one job after the other on the calling thread.</summary>
internal sealed class WorkerHost : IDisposable
{
    private readonly IJobRunner _runner;
    private readonly WorkerEnvironment _environment;
    private readonly Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> _openFiles;
    private readonly WorkerChannel _channel;
    private readonly WorkerWatch _watch;
    private readonly Dictionary<Hash128, Code> _codes = [];
    private readonly ByteWriter _writer = new(4096);
    private readonly string _mark;
    private readonly WorkerVariables _variables = new();
    private int _deferred;

    private WorkerHost(IJobRunner runner, WorkerEnvironment environment, Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> openFiles)
    {
        _runner = runner;
        _environment = environment;
        _openFiles = openFiles;
        _channel = new WorkerChannel(Connect(environment.Socket));
        _watch = new WorkerWatch(_channel);
        _mark = Environment.GetEnvironmentVariable(AgentIdentity.Variable) ?? "";
    }

    /// <summary>Serves the agent until it closes the connection, or a job left the process in a state that can't be restored.</summary>
    /// <param name="runner">Runs the jobs.</param>
    /// <param name="openFiles">Makes the file store of an attempt. It is called for every attempt, so it has to be cheap.</param>
    public static async Task RunAsync(IJobRunner runner, Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> openFiles)
    {
        using var host = new WorkerHost(runner, WorkerEnvironment.Take(), openFiles);
        host.Serve();
        await runner.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _channel.Dispose();
    }

    private static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private void Serve()
    {
        try
        {
            SayHello();
            while (_channel.TryReceive(out var message, out var payload) && message != WorkerMessage.Exit)
            {
                // A Cancel that comes here is for a job that has ended already.
                if (message == WorkerMessage.Run && !Run(ReadOrder(payload)))
                {
                    _channel.Send(WorkerMessage.MustReplace);
                    return;
                }
            }
        }
        catch (SocketException)
        {
            // The agent is gone: so is the worker.
        }
    }

    private void SayHello()
    {
        _writer.WriteString(_environment.Token);
        _writer.WriteVarint(WorkerProtocol.Version);
        _writer.WriteVarint(JobMeter.Cpu.Ticks);
        _channel.Send(WorkerMessage.Hello, _writer);
    }

    private LaunchOrder ReadOrder(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        return SentCodes.Read(ref reader, _codes);
    }

    /// <returns>False when the worker must be replaced.</returns>
    private bool Run(LaunchOrder order)
    {
        Environment.SetEnvironmentVariable(AgentIdentity.Variable, $"{_mark[..(_mark.LastIndexOf('/') + 1)]}{order.Attempt}");
        _variables.Set(order);
        var result = RunJob(order, JobMeter.Start(), out var files);
        _channel.Send(result, _writer);

        // From here on only the worker's next job waits.
        files?.DiscardAsync().GetAwaiter().GetResult();
        if (_variables.IsSpent || !_runner.ResetAsync().GetAwaiter().GetResult())
        {
            return false;
        }

        _writer.Clear();
        _writer.WriteVarint(JobMeter.Cpu.Ticks);
        _channel.Send(WorkerMessage.Ready, _writer);
        return true;
    }

    /// <summary>Waits on this thread: a job that uses the thread pool up can't keep its own worker from answering.</summary>
    private WorkerMessage RunJob(LaunchOrder order, JobMeter meter, out IAttemptFileStore? files)
    {
        using var cancellation = new CancellationTokenSource();
        var stop = order.IsService ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        _watch.Begin(order.Attempt, cancellation, stop);
        files = null;
        try
        {
            files = _openFiles(_environment, order);
            var context = AttemptBody.Context(order, files, SendLog, _environment.RealTimeLogging, cancellation.Token, action => Defer(order, action));
            var run = stop is null
                ? AttemptBody.RunAsync(_runner.RunAsync, order, context, files)
                : RunServiceAsync(order, context, files, stop.Task);
            var commit = run.GetAwaiter().GetResult();
            BeginResult(meter, files);
            _writer.WriteRaw(commit);
            return WorkerMessage.Commit;
        }
        catch (Exception error)
        {
            // Standard error is what the agent keeps of a failed attempt.
            Console.Error.Write(files?.AccessLog);
            BeginResult(meter, files);
            _writer.WriteByte((byte)AttemptBody.ReasonOf(_runner.OriginOf(error), cancellation.Token));
            _runner.Describe(error).WithSpoiledInputs(files).WriteTo(_writer);
            return WorkerMessage.Failed;
        }
        finally
        {
            _watch.End();
        }
    }

    private Task<byte[]> RunServiceAsync(LaunchOrder order, JobContext context, IAttemptFileStore files, Task stop)
    {
        var loop = new ServiceLoop(_runner.OpenService(order, context), _environment.ServiceInterval, stop, async value =>
        {
            // Its users may read files that it names.
            await files.SyncAsync(context.Cancellation).ConfigureAwait(false);
            SendStarted(value);
        });
        return loop.RunAsync(context, AttemptBody.Context(order, files, SendLog, _environment.RealTimeLogging, CancellationToken.None));
    }

    private void BeginResult(JobMeter meter, IAttemptFileStore? files)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        var (cpu, peak) = meter.Stop();
        _writer.Clear();
        _writer.WriteVarint(cpu.Ticks);
        _writer.WriteVarint(peak);
        _writer.WriteVarint(files?.MeasureDisk().Bytes ?? 0);
    }

    private void SendStarted(EncodedValue value)
    {
        var writer = new ByteWriter();
        value.WriteTo(writer);
        _channel.Send(WorkerMessage.Started, writer);
    }

    /// <summary>Registers an action that runs after the attempt, however it ends.</summary>
    private void Defer(LaunchOrder order, Job action)
    {
        var deferred = DeferredAction.Of(action, order, _environment.Worker);
        var agent = AgentIdentity.Parse(_mark) ?? throw new ToilException("Only jobs can defer actions.");
        new DeferredDirectory(_environment.WorkDirectory).Add(agent, deferred, Interlocked.Increment(ref _deferred));
        _channel.Send(WorkerMessage.Deferred);
    }

    private void SendLog(LogLevel level, string message)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)level);
        writer.WriteString(message);
        _channel.Send(WorkerMessage.Log, writer);
    }
}
