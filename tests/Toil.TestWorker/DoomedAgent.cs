using Toil.Agents;
using Toil.Values;

namespace Toil.TestWorker;

/// <summary>An agent in a process of its own that launches one job and is then killed by the test.</summary>
internal static class DoomedAgent
{
    /// <param name="arguments">Workflow, work directory, pipe, and whether the job's process leaves its session.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var events = new Printer();
        var agent = new NodeAgent(
            new NodeAgentOptions
            {
                Workflow = arguments[0],
                Store = Path.Combine(arguments[1], "store"),
                WorkDirectory = arguments[1],
                OpenFiles = order => new FolderFileStore(Path.Combine(arguments[1], "store"), arguments[1], order.Attempt),
                Workers = new Dictionary<Vehicle, WorkerSpec> { [Vehicle.Assembly] = AssemblyWorkerSpec.OfThisProgram() },
            },
            events,
            TimeProvider.System);
        var job = Job.Of(TestJobs.StartHolder, arguments[2], bool.Parse(arguments[3]));
        agent.Launch(new LaunchOrder(new AttemptId(1, 1, 1), job.Name, 1, new Requirements(1, 1, 1), job.Code, job.Arguments.Bind(_ => 0)));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private sealed class Printer : IAgentEvents
    {
        public void Started(AttemptId attempt, EncodedValue value) { }

        public void Ended(AttemptOutcome outcome) => Console.WriteLine($"ended {outcome.Failure?.Error.Message}");

        public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) => Console.WriteLine($"worker {message}");
    }
}
