using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.App;

public class StatusLogTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Log_EachInterval_SaysHowFarTheWorkflowHasCome()
    {
        var time = new FakeTime();
        var observer = new Listener();
        await using var log = new StatusLog(observer, time, Hour);
        time.Advance(Hour);
        Assert.Empty(observer.Lines);

        log.Progressed(new WorkflowProgress(5, 1, 2, 0, 0));
        log.Progressed(new WorkflowProgress(5, 2, 1, 2, 0));
        time.Advance(Hour);
        Assert.Equal(["Info: 2 of 5 jobs done, 1 running, 2 waiting for room."], observer.Lines);
        time.Advance(Hour);
        Assert.Equal(2, observer.Lines.Count);
    }

    [Fact]
    public async Task Create_IntervalLongerThanAnyTimer_IsTaken()
    {
        await using var log = new StatusLog(new Listener(), TimeProvider.System, TimeSpan.MaxValue);
        log.Progressed(default);
    }

    private sealed class Listener : IWorkflowObserver
    {
        public List<string> Lines { get; } = [];

        public void Logged(LogLevel level, string message) => Lines.Add($"{level}: {message}");

        public void Progressed(WorkflowProgress progress) => throw new InvalidOperationException("It only logs.");
    }
}
