using System.Collections.Concurrent;
using System.Threading.Channels;
using Toil.Agents;
using Toil.BatchSystems;
using Toil.Tests.Fakes;
using Toil.TestWorker;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Agents;

/// <summary>A real agent with real workers, and what it says.</summary>
internal sealed class AgentFixture : IAsyncDisposable, IAgentEvents
{
    /// <summary>Nothing here takes seconds; a test that waits longer than this has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<AttemptId, TaskCompletionSource<AttemptOutcome>> _outcomes = new();
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly Channel<(AttemptId Attempt, EncodedValue Value)> _started = Channel.CreateUnbounded<(AttemptId, EncodedValue)>();
    private int _attempts;

    public AgentFixture(FakeTime? time = null, WorkerSpec? worker = null, string? workflow = null, Func<NodeAgentOptions, NodeAgentOptions>? configure = null)
    {
        WorkDirectory = _directory["work"];
        configure ??= options => options;
        Agent = new NodeAgent(
            configure(new NodeAgentOptions
            {
                Workflow = workflow ?? Guid.NewGuid().ToString(),
                Store = _directory["store"],
                WorkDirectory = WorkDirectory,
                OpenFiles = order => new FolderFileStore(_directory["store"], WorkDirectory, order.Attempt),
                ServicePollingInterval = TimeSpan.FromMilliseconds(1),
                Workers = new Dictionary<Vehicle, WorkerSpec> { [Vehicle.Assembly] = worker ?? TestProgram.Worker() },
            }),
            this,
            (TimeProvider?)time ?? TimeProvider.System);
    }

    public NodeAgent Agent { get; }

    public string WorkDirectory { get; }

    /// <summary>How many ends were reported for attempts that had none yet, or had one.</summary>
    public int Ends { get; private set; }

    public AttemptId Launch(Delegate method, params object?[] arguments) => Launch(Job.Of(method, arguments));

    public AttemptId LaunchInline(Delegate method, params object?[] arguments) =>
        Launch(Toil.Jobs.MethodJob.Create(method, arguments, Vehicle.Inline));

    public AttemptId Launch(Job job, bool? isService = null, Requirements? requirements = null, bool mayRunAgain = false, params IReadOnlyList<Accelerator> accelerators)
    {
        var attempt = new AttemptId(100 + _attempts, 1, ++_attempts);
        _outcomes[attempt] = new TaskCompletionSource<AttemptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Agent.Launch(new LaunchOrder(attempt, job.Name, 1, requirements ?? new Requirements(1, 1L << 40, 1 << 20), job.Code, job.Arguments.Bind(_ => 0))
        {
            IsService = isService ?? job.IsService,
            MayRunAgain = mayRunAgain,
            Accelerators = accelerators,
        });
        return attempt;
    }

    public Task<AttemptOutcome> EndOf(AttemptId attempt) => _outcomes[attempt].Task.WaitAsync(Patience);

    public Task<AttemptOutcome> Run(Delegate method, params object?[] arguments) => EndOf(Launch(method, arguments));

    public async Task<object?> ValueOf(Delegate method, params object?[] arguments) => Value(await Run(method, arguments));

    public async Task<AttemptFailure> FailureOf(Delegate method, params object?[] arguments) => Failure(await Run(method, arguments));

    public bool HasMessage => _messages.Reader.TryPeek(out _);

    public async Task<string> NextMessage() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next service that says that it has started, and its value.</summary>
    public async Task<(AttemptId Attempt, object? Value)> NextStarted()
    {
        var (attempt, value) = await _started.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        return (attempt, ValueReader.Read(value));
    }

    public static object? Value(AttemptOutcome outcome)
    {
        Assert.Null(outcome.Failure);
        var reader = new ByteReader(outcome.Commit);
        return ValueReader.Read(EncodedValue.ReadFrom(ref reader));
    }

    public static AttemptFailure Failure(AttemptOutcome outcome)
    {
        Assert.Null(outcome.Commit);
        return outcome.Failure!;
    }

    public string StoredText(FileId file) => File.ReadAllText(Path.Combine(_directory["store"], file.Key));

    public void Started(AttemptId attempt, EncodedValue value) => _started.Writer.TryWrite((attempt, value));

    public void Ended(AttemptOutcome outcome)
    {
        Ends++;
        _outcomes[outcome.Attempt].SetResult(outcome);
    }

    public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) => _messages.Writer.TryWrite(message);

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync().AsTask().WaitAsync(Patience);
        _directory.Dispose();
    }
}
