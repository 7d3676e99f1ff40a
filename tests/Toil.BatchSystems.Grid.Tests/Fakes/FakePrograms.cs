using Toil.Tests.Fakes;

namespace Toil.BatchSystems.Grid.Tests;

/// <summary>Programs in place of a scheduler's, in a directory of their own: shell scripts that print what the scheduler's documentation says.</summary>
internal sealed class FakePrograms : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public FakePrograms() => Variables = new() { ["PATH"] = $"{_directory["bin"]}:/usr/bin:/bin", ["CALLS"] = _directory["calls"] };

    public Dictionary<string, string> Variables { get; }

    public string this[string name] => _directory[name];

    /// <summary>The command lines so far, one a line, words in brackets.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_directory["calls"]) ? File.ReadAllLines(_directory["calls"]) : [];

    /// <summary>Adds a program, or replaces it.</summary>
    public void Add(string name, string script)
    {
        _directory.Write(Path.Combine("bin", $"{name}.body"), script);
        var link = _directory[Path.Combine("bin", name)];
        if (!File.Exists(link))
        {
            File.CreateSymbolicLink(link, Path.Combine(AppContext.BaseDirectory, "Fakes", "fake-program.sh"));
        }
    }

    public SchedulerClient Client(TimeSpan? timeout = null) => new(Variables, timeout ?? TimeSpan.FromSeconds(60), TimeProvider.System);

    public SchedulerSetup Setup(string scheduler, ToilOptions? options = null, List<string>? log = null) =>
        new(options ?? new ToilOptions(), Client(), (_, message) => log?.Add(message), new BatchLogs(_directory["logs"], scheduler, discards: false));

    /// <summary>Jobs as the engine gives them.</summary>
    public static IReadOnlyList<BatchJob> Jobs(int count, Requirements? requirements = null) =>
    [
        .. Enumerable.Range(0, count).Select(entry => new BatchJob(
            $"toil-{new string('0', 32)}-1.2-{entry}", 100 + entry, "a job", requirements ?? new Requirements(1, 1L << 30, 0), ["/bin/toil", "worker", $"{entry}"], entry)),
    ];

    public static GridSubmission Submission(int count, Requirements? requirements = null) => Assert.Single(GridSubmission.Of(Jobs(count, requirements), 1000));

    public void Dispose() => _directory.Dispose();
}
