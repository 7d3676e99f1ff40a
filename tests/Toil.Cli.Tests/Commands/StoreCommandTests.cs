using System.Text.Json;
using Toil.JobStores;
using Xunit;

namespace Toil.Cli.Tests.Commands;

/// <summary>What the commands do to job stores that exist.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private readonly WorkDirectory _work = new();

    private JobStoreLocator Locator => JobStoreLocator.ForPath(Path.Combine(_work.Path, "store"));

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Clean_Store_RemovesIt()
    {
        await MakeStoreAsync();

        var result = await RunAsync("clean", "store");

        Assert.Equal(new ProcessResult(ExitCode.Success, "", $"Removed {Locator}.\n"), result);
        Assert.False(Directory.Exists(Locator.Name));
    }

    [Fact]
    public async Task Clean_RunningWorkflow_IsRefused()
    {
        await MakeStoreAsync();
        await using var store = await JobStore.OpenAsync(Locator, Cancellation);
        await using var lease = await LeaderLease.TakeAsync(store.Blobs, cancellationToken: Cancellation);

        var result = await RunAsync("clean", "store");

        Assert.Equal(ExitCode.JobStore, result.ExitCode);
        Assert.Contains($"led by process {Environment.ProcessId}", result.Error, StringComparison.Ordinal);
        Assert.True(await JobStore.ExistsAsync(Locator, Cancellation));
    }

    [Fact]
    public async Task Kill_NothingRuns_SaysSo()
    {
        await MakeStoreAsync();

        var result = await RunAsync("kill", "store");

        Assert.Equal(new ProcessResult(ExitCode.Success, "", $"No workflow is running in {Locator}.\n"), result);
    }

    [Fact]
    public async Task Kill_LeaderThatObeys_EndsWithIt()
    {
        await MakeStoreAsync();
        await using var store = await JobStore.OpenAsync(Locator, Cancellation);
        var lease = await LeaderLease.TakeAsync(store.Blobs, cancellationToken: Cancellation);

        var killing = RunAsync("kill", "store");
        await store.KillFlag.WaitAsync(TimeProvider.System, TimeSpan.FromSeconds(1), Cancellation);
        await lease.DisposeAsync();
        var result = await killing;

        Assert.Equal(new ProcessResult(ExitCode.Success, "", $"The workflow in {Locator} has stopped. Resume it with --restart.\n"), result);
    }

    [Fact]
    public async Task Kill_LeaderThatDoesNot_TimesOut()
    {
        await MakeStoreAsync();
        await using var store = await JobStore.OpenAsync(Locator, Cancellation);
        await using var lease = await LeaderLease.TakeAsync(store.Blobs, cancellationToken: Cancellation);

        var result = await RunAsync("kill", "store", "--timeout", "0");

        Assert.Equal(ExitCode.JobStore, result.ExitCode);
        Assert.Contains($"its leader, process {Environment.ProcessId}", result.Error, StringComparison.Ordinal);
        Assert.True(await store.KillFlag.IsSetAsync(Cancellation));
    }

    [Fact]
    public async Task Status_NothingHasRun_IsStopped()
    {
        await MakeStoreAsync();

        var result = await RunAsync("status", "store");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("State      stopped; resume it with --restart\nJobs       0 known, 0 done, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_Json_IsReadByPrograms()
    {
        await MakeStoreAsync();
        await using var store = await JobStore.OpenAsync(Locator, Cancellation);
        await using var lease = await LeaderLease.TakeAsync(store.Blobs, cancellationToken: Cancellation);

        var result = await RunAsync("status", "--json", "store");

        using var status = JsonDocument.Parse(result.Output);
        Assert.Equal("running", status.RootElement.GetProperty("state").GetString());
        Assert.Equal(Environment.ProcessId, status.RootElement.GetProperty("leader").GetProperty("processId").GetInt32());
        Assert.Equal(store.WorkflowId, status.RootElement.GetProperty("workflow").GetGuid());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task MakeStoreAsync() => await (await JobStore.CreateAsync(Locator, cancellationToken: Cancellation)).DisposeAsync();

    private Task<ProcessResult> RunAsync(params string[] arguments) => ToilProcess.RunAsync(_work.Path, arguments);
}
