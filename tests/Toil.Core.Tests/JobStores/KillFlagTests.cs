using Toil.JobStores;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.JobStores;

public sealed class KillFlagTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FileBlobStore Blobs => new(_directory.Path, _time);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Flag_IsSetAndCleared()
    {
        var flag = new KillFlag(Blobs);
        Assert.False(await flag.IsSetAsync(Cancel));
        await flag.SetAsync(Cancel);
        Assert.True(await flag.IsSetAsync(Cancel));
        await flag.ClearAsync(Cancel);
        await flag.ClearAsync(Cancel);
        Assert.False(await flag.IsSetAsync(Cancel));
    }

    [Fact]
    public async Task Wait_InADirectory_EndsWithoutAnyTimePassing()
    {
        var waiting = new KillFlag(Blobs).WaitAsync(_time, TimeSpan.FromSeconds(5), Cancel);
        await new KillFlag(Blobs).SetAsync(Cancel);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Wait_WhereNothingTells_LooksAtTheInterval()
    {
        var silent = new UnwatchedBlobs(Blobs);
        var waiting = WaitAsync(new KillFlag(silent));
        await new KillFlag(Blobs).SetAsync(Cancel);

        await _time.PassUntilAsync(waiting, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Wait_Cancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = new KillFlag(Blobs).WaitAsync(_time, TimeSpan.FromSeconds(5), cancel.Token);
        await cancel.CancelAsync();

        Assert.False(await waiting);
    }

    private Task<bool> WaitAsync(KillFlag flag) => flag.WaitAsync(_time, TimeSpan.FromSeconds(5), Cancel);
}
