using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.App;

public sealed class WorkflowInspectorTests : IDisposable
{
    private readonly SmallWorkflow _workflow = new();

    public void Dispose() => _workflow.Dispose();

    [Fact]
    public async Task ReadJobs_Explained_NamesWhatHoldsJobsUp()
    {
        var root = SmallWorkflow.Shell("root", "true");
        var split = root.AddChild(SmallWorkflow.Shell("split", "true"));
        split.AddChild(SmallWorkflow.Shell("bad", "exit 1"));
        var merge = split.AddFollowOn(SmallWorkflow.Shell("merge", "true"));
        merge.AddChild(SmallWorkflow.Shell("last", "true"));
        await _workflow.RunAsync(root);
        await using var store = await _workflow.OpenStoreAsync();

        var jobs = WorkflowInspector.ReadJobs(store, explains: true).ToDictionary(job => job.Name);

        Assert.Equal(JobStatus.Done, jobs["split"].Status);
        Assert.StartsWith("failed: ", jobs["bad"].Reason, StringComparison.Ordinal);
        Assert.Equal($"waits for 'split' (job {jobs["split"].Number}); what holds it up is 'bad' (job {jobs["bad"].Number}), which failed", jobs["merge"].Reason);
        Assert.Equal($"waits for 'merge' (job {jobs["merge"].Number}); what holds it up is 'bad' (job {jobs["bad"].Number}), which failed", jobs["last"].Reason);
        Assert.NotNull(jobs["split"].ReadyAt);
        Assert.True(jobs["split"].ReadyAt <= jobs["split"].Started);
        Assert.Null(jobs["last"].ReadyAt);
    }

    [Fact]
    public async Task Read_FailedWorkflow_CountsWhatIsLeft()
    {
        var root = SmallWorkflow.Shell("root", "true");
        root.AddChild(SmallWorkflow.Shell("bad", "exit 1")).AddChild(SmallWorkflow.Shell("after", "true"));
        await _workflow.RunAsync(root);
        await using var store = await _workflow.OpenStoreAsync();

        var status = WorkflowInspector.Read(store);

        Assert.Equal((3, 1, 0, 1, 1), (status.Total, status.Done, status.Ready, status.Waiting, status.Parents));
        Assert.Equal(["bad"], status.Failed.Select(job => job.Name));
        Assert.Empty(status.Running);
    }

    [Fact]
    public async Task Ask_RunningLeader_SaysWhatRunsAndWhatWaits()
    {
        var gate = _workflow.Directory["gate"];
        var root = SmallWorkflow.Shell("hold", $"touch '{gate}.open'; until [ -e '{gate}' ]; do sleep 0.05; done");
        var running = _workflow.RunAsync(root);
        await using var store = await OpenOnceThereAsync();
        await WaitForAsync($"{gate}.open");

        var answer = await LeaderQuestion.AskAsync(store, SmallWorkflow.Cancellation);
        var status = WorkflowInspector.Read(store, answer);
        var job = Assert.Single(WorkflowInspector.ReadJobs(store, answer));
        await File.WriteAllTextAsync(gate, "", SmallWorkflow.Cancellation);
        await running;

        Assert.Equal([("hold", Environment.MachineName)], status.Running.Select(one => (one.Name, one.Node)));
        Assert.Equal((JobStatus.Running, Environment.MachineName), (job.Status, job.Node));
        Assert.Equal(0, status.Ready);
        Assert.Null(await LeaderQuestion.AskAsync(store, SmallWorkflow.Cancellation));
    }

    private async Task<Toil.JobStores.JobStore> OpenOnceThereAsync()
    {
        await WaitForAsync(Path.Combine(_workflow.Locator.Name, "toil-store.json"));
        return await _workflow.OpenStoreAsync();
    }

    private static async Task WaitForAsync(string path)
    {
        while (!File.Exists(path))
        {
            await Task.Delay(10, SmallWorkflow.Cancellation);
        }
    }
}
