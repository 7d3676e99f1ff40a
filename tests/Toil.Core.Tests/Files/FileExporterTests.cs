using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class FileExporterTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Export_MakesTheDirectoriesAndAWritableCopy()
    {
        var target = _world.OutsidePath("results/deep/out.txt");
        var file = await ExportAsync("data", "file://" + target);
        await File.AppendAllTextAsync(target, "!", Cancel);

        Assert.Equal("data", _world.TextOf(file));
        Assert.Equal("data!", await File.ReadAllTextAsync(target, Cancel));
        Assert.Equal([target], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(target)!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_SetsTheModeThatTheUmaskLeaves(bool executable)
    {
        await ExportAsync("#!", _world.OutsidePath("tool"), executable);
        var ordinary = Run("sh", "-c", "printf %o $((" + (executable ? "0777" : "0666") + " & ~0$(umask)))");

        Assert.Equal(ordinary, Modes.Get(_world.OutsidePath("tool")));
    }

    [Fact]
    public async Task Export_ReplacesAFile()
    {
        var target = _world.Outside("out", "old and longer");
        await ExportAsync("new", target);

        Assert.Equal("new", await File.ReadAllTextAsync(target, Cancel));
    }

    [Fact]
    public async Task Export_ThroughALink_ReplacesWhatItLeadsTo()
    {
        var real = _world.Outside("real", "old");
        File.CreateSymbolicLink(_world.OutsidePath("link"), real);
        await ExportAsync("new", _world.OutsidePath("link"));

        Assert.Equal("new", await File.ReadAllTextAsync(real, Cancel));
        Assert.Equal(real, new FileInfo(_world.OutsidePath("link")).LinkTarget);
    }

    [Fact]
    public async Task Export_RelativePath_BeginsAtTheAttemptsDirectory()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        await store.ExportAsync(file, "sub/y", Cancel);

        Assert.Equal("data", await File.ReadAllTextAsync(Path.Combine(store.TempDirectory, "sub/y"), Cancel));
    }

    [Fact]
    public async Task Export_ToADirectory_SaysSo()
    {
        Directory.CreateDirectory(_world.OutsidePath("dir"));
        await FailAsync(_world.OutsidePath("dir"), "is a directory");
        await FailAsync(_world.OutsidePath("new") + "/", "is a directory");
    }

    [Fact]
    public Task Export_ToADevice_SaysSo() => FailAsync("/dev/null", "no regular file");

    [Fact]
    public Task Export_BelowAFile_SaysSo() => FailAsync(Path.Combine(_world.Outside("file", ""), "x"), "export to");

    [Fact]
    public Task Export_ToAnotherScheme_SaysSo() => FailAsync("s3://bucket/x", "isn't available");

    [Fact]
    public async Task Export_Cancelled_LeavesTheOldFileAndNothingElse()
    {
        var target = _world.Outside("out", "old");
        var before = Directory.GetFiles(Path.GetDirectoryName(target)!);
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ExportAsync(file, target, new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(target, Cancel));
        Assert.Equal(before, Directory.GetFiles(Path.GetDirectoryName(target)!));
    }

    private async Task<FileId> ExportAsync(string content, string url, bool executable = false)
    {
        var file = await _world.GlobalAsync("x", content, executable);
        await using var store = _world.Open();
        await store.ExportAsync(file, url, Cancel);
        return file;
    }

    private async Task FailAsync(string url, string reason)
    {
        var error = await Assert.ThrowsAsync<ToilException>(() => ExportAsync("data", url));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
