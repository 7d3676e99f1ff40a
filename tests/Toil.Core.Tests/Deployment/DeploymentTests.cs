using System.Runtime.Versioning;
using Toil.Deployment;
using Toil.JobStores;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Deployment;

[UnsupportedOSPlatform("windows")]
public sealed class DeploymentTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private JobStore? _store;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IBlobStore Blobs => _store!.Blobs;

    public async ValueTask InitializeAsync() => _store = await JobStore.CreateAsync(JobStoreLocator.ForPath(_directory["store"]), cancellationToken: Cancel);

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Create_SameContentElsewhereAndLater_IsTheSameArchive()
    {
        var first = await CreateAsync(Folder("a"));
        var other = Folder("b");
        File.SetLastWriteTimeUtc(Path.Combine(other, "main.ps1"), DateTime.UnixEpoch.AddYears(9));

        Assert.Equal(first, await CreateAsync(other));
        await File.AppendAllTextAsync(Path.Combine(other, "main.ps1"), "!", Cancel);
        Assert.NotEqual(first, await CreateAsync(other));
    }

    [Fact]
    public async Task Unpack_RestoresContentPlacesAndExecutableBits()
    {
        var folder = await UnpackAsync(await CreateAsync(Folder("a")));

        Assert.Equal("main", await File.ReadAllTextAsync(Path.Combine(folder, "main.ps1"), Cancel));
        Assert.Equal("deep", await File.ReadAllTextAsync(Path.Combine(folder, "module", "lib", "deep.txt"), Cancel));
        Assert.True(File.GetUnixFileMode(Path.Combine(folder, "module", "tool")).HasFlag(UnixFileMode.UserExecute));
        Assert.False(File.GetUnixFileMode(Path.Combine(folder, "main.ps1")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Unpack_OfNothing_IsAnEmptyFolder()
    {
        var folder = await UnpackAsync(await DeploymentArchive.CreateAsync(Blobs, [], Cancel));

        Assert.Equal([], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Unpack_ByManyAtOnce_LeavesOneFolderAndNothingElse()
    {
        var id = await CreateAsync(Folder("a"));
        var folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => UnpackAsync(id), Cancel)));

        Assert.Equal([folders[0]], folders.Distinct());
        Assert.Equal([folders[0]], Directory.GetFileSystemEntries(_directory["node"]));
    }

    [Fact]
    public async Task Unpack_AfterAKillHalfWay_UnpacksAnew()
    {
        var id = await CreateAsync(Folder("a"));
        Directory.CreateDirectory(_directory["node/unfinished-of-another"]);

        Assert.True(File.Exists(Path.Combine(await UnpackAsync(id), "main.ps1")));
    }

    [Fact]
    public async Task Unpack_DamagedArchive_SaysSoAndLeavesNothing()
    {
        var id = await CreateAsync(Folder("a"));
        var other = await CreateAsync(_directory.Path);
        Blobs.TryGetLocalPath(DeploymentArchive.KeyOf(id), out var path);
        Blobs.TryGetLocalPath(DeploymentArchive.KeyOf(other), out var wrong);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Copy(wrong, path, overwrite: true);

        Assert.Contains("is damaged", (await Assert.ThrowsAsync<ToilException>(() => UnpackAsync(id))).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(path, [1, 2, 3], Cancel);
        Assert.Contains("is damaged", (await Assert.ThrowsAsync<ToilException>(() => UnpackAsync(id))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory["node"]));
    }

    [Fact]
    public async Task Unpack_OfNoSuchArchive_SaysWhatToDo() =>
        Assert.Contains("Resume the workflow", (await Assert.ThrowsAsync<ToilException>(() => UnpackAsync("none"))).Message, StringComparison.Ordinal);

    [Fact]
    public void OfFolder_LinkInACircle_Ends()
    {
        var folder = Folder("a");
        Directory.CreateSymbolicLink(Path.Combine(folder, "module", "up"), folder);

        Assert.Equal(3, DeploymentFiles.OfFolder(folder).Count());
    }

    [Fact]
    public void OfThisProgram_NamesTheProgramAmongItsFiles()
    {
        var (files, program) = DeploymentFiles.OfThisProgram();

        var paths = files.Select(file => file.Path).ToList();
        Assert.Contains(program, paths);
        Assert.Contains("Toil.Core.dll", paths);
    }

    [Fact]
    public async Task Find_AfterPublish_TellsFoldersInTheirOrder()
    {
        Assert.Null(await DeployedCode.FindAsync(Blobs, Cancel));
        var (a, b) = (Folder("a"), Folder("b"));
        await DeployedCode.PublishAsync(Blobs, [(b, DeploymentFiles.OfFolder(b)), (a, DeploymentFiles.OfFolder(a))], Cancel);

        var found = await DeployedCode.FindAsync(Blobs, Cancel);
        Assert.Equal([b, a], found!.Folders);
        var folder = await UnpackAsync(found.Archive);
        Assert.True(File.Exists(Path.Combine(folder, "1", "module", "tool")));
    }

    private Task<string> CreateAsync(string folder) => DeploymentArchive.CreateAsync(Blobs, DeploymentFiles.OfFolder(folder), Cancel);

    private Task<string> UnpackAsync(string id) => new DeploymentCache(_directory["node"]).UnpackAsync(Blobs, id, Cancel);

    private string Folder(string name)
    {
        var folder = _directory[name];
        Directory.CreateDirectory(Path.Combine(folder, "module", "lib"));
        File.WriteAllText(Path.Combine(folder, "main.ps1"), "main");
        File.WriteAllText(Path.Combine(folder, "module", "lib", "deep.txt"), "deep");
        File.WriteAllText(Path.Combine(folder, "module", "tool"), "tool");
        File.SetUnixFileMode(Path.Combine(folder, "module", "tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }
}
