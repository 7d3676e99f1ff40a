using System.Text.Json;
using Toil.Stats;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Stats;

public sealed class StatisticsReaderTests : IDisposable
{
    private readonly SmallWorkflow _workflow = new();

    public void Dispose() => _workflow.Dispose();

    [Fact]
    public async Task Read_JobsOfTwoNames_MeasuresEach()
    {
        await _workflow.RunAsync(ThreeCommands());
        await using var store = await _workflow.OpenStoreAsync();

        var statistics = StatisticsReader.Read(store);

        Assert.Equal([("write", 2, 0), ("fail", 0, 1)], statistics.Jobs.Select(job => (job.Name, job.Count, job.FailedAttempts)));
        var write = statistics.Jobs[0];
        Assert.InRange(write.Disk.Min.Bytes, 3000, 20_000);
        Assert.True(write.Time.Total > TimeSpan.Zero && write.Time.Max <= write.Time.Total);
        Assert.Equal((1.0, (ByteSize)(20L << 20), (ByteSize)(1L << 20)), (write.AskedCores, write.AskedMemory, write.AskedDisk));
        Assert.True(statistics.Jobs[1].FailedTime > TimeSpan.Zero);
        Assert.Equal(2, statistics.All.Count);
        Assert.InRange(statistics.Runtime, write.Time.Max, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Read_NamesThatAreWanted_LeavesTheOthersOut()
    {
        await _workflow.RunAsync(ThreeCommands());
        await using var store = await _workflow.OpenStoreAsync();

        var statistics = StatisticsReader.Read(store, NamePatterns.Matching(["WR*"]));

        Assert.Equal(["write"], statistics.Jobs.Select(job => job.Name));
        Assert.Equal(0, statistics.All.FailedAttempts);
    }

    [Fact]
    public async Task Raw_Attempts_AreALineEach()
    {
        await _workflow.RunAsync(ThreeCommands());
        await using var store = await _workflow.OpenStoreAsync();
        using var output = new MemoryStream();

        RawStatistics.Write(output, store);

        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal(["error", "ok", "ok"], lines.Select(line => line.GetProperty("end").GetString()).Order());
        Assert.All(lines, line => Assert.True(line.GetProperty("wait").GetDouble() >= 0));
    }

    private static Job ThreeCommands()
    {
        var root = SmallWorkflow.Shell("write", "head -c 3000 /dev/zero > x").With(memory: 20L << 20);
        root.AddChild(SmallWorkflow.Shell("write", "head -c 9000 /dev/zero > x").With(memory: 15L << 20));
        root.AddChild(SmallWorkflow.Shell("fail", "exit 3"));
        return root;
    }
}
