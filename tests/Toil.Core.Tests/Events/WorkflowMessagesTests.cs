using System.Text.Json;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Events;

public sealed class WorkflowMessagesTests : IDisposable
{
    private readonly SmallWorkflow _workflow = new();

    public void Dispose() => _workflow.Dispose();

    [Fact]
    public async Task WriteMessages_Workflow_WritesALineForWhatHappens()
    {
        var file = _workflow.Directory["messages"];

        await _workflow.RunAsync(TwoCommands(), _workflow.Options with { WriteMessages = file });

        var lines = (await File.ReadAllLinesAsync(file, SmallWorkflow.Cancellation)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["clusterSizeChanged ", "jobIssued good", "jobStarted good", "jobCompleted good", "jobIssued bad", "jobStarted bad", "jobFailed bad"],
            lines.Select(line => $"{line.GetProperty("event").GetString()} {(line.TryGetProperty("name", out var name) ? name.GetString() : "")}"));
        Assert.False(lines[^1].GetProperty("willRetry").GetBoolean());
    }

    [Fact]
    public async Task Observer_ThatWantsEvents_HearsThem()
    {
        var observer = new Listener();

        await _workflow.RunAsync(TwoCommands(), observer: observer);

        Assert.Equal(7, observer.Events.Count);
        Assert.Equal(["bad", "good"], observer.Events.OfType<JobStarted>().Select(started => started.Name).Order());
    }

    [Fact]
    public async Task ClusterStats_IntoADirectory_WritesAnArray()
    {
        var folder = Directory.CreateDirectory(_workflow.Directory["samples"]).FullName;

        await _workflow.RunAsync(TwoCommands(), _workflow.Options with { ClusterStats = folder });

        using var samples = JsonDocument.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder)), SmallWorkflow.Cancellation));
        Assert.Equal(2, samples.RootElement.GetArrayLength());
        Assert.Equal(Environment.MachineName, samples.RootElement[0].GetProperty("node").GetString());
        Assert.Equal(0, samples.RootElement[1].GetProperty("runningJobs").GetInt32());
    }

    [Fact]
    public async Task WriteMessages_PlaceThatCannotBeWritten_IsSaidBeforeAnythingRuns()
    {
        var error = await Assert.ThrowsAsync<ToilException>(() => _workflow.RunAsync(TwoCommands(), _workflow.Options with { WriteMessages = "/nowhere/messages" }));

        Assert.StartsWith("--writeMessages: /nowhere/messages can't be written", error.Message, StringComparison.Ordinal);
    }

    private static Job TwoCommands()
    {
        var good = SmallWorkflow.Shell("good", "true");
        good.AddChild(SmallWorkflow.Shell("bad", "exit 1"));
        return good;
    }

    private sealed class Listener : SmallWorkflow.Deaf
    {
        public List<WorkflowEvent> Events { get; } = [];

        public override bool WantsEvents => true;

        public override void Happened(WorkflowEvent happened) => Events.Add(happened);
    }
}
