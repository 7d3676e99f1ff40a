using Toil.Debugging;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Debugging;

public sealed class StoredFilesTests : IDisposable
{
    private readonly SmallWorkflow _workflow = new();

    public void Dispose() => _workflow.Dispose();

    [Fact]
    public async Task Fetch_FilesOfOneName_KeepsAll()
    {
        var root = SmallWorkflow.Shell("one", "printf 1");
        root.AddChild(SmallWorkflow.Shell("two", "printf 22"));
        await _workflow.RunAsync(root);
        await using var store = await _workflow.OpenStoreAsync();
        var files = await StoredFiles.ListAsync(store, SmallWorkflow.Cancellation);
        var target = _workflow.Directory["fetched"];

        foreach (var file in StoredFiles.Matching(files, ["stdo*"]))
        {
            await StoredFiles.FetchAsync(store, file, target, keepsFolders: false, asLink: false, SmallWorkflow.Cancellation);
        }

        Assert.Equal(4, files.Count);
        Assert.Equal(["stdout", "stdout-2"], Directory.GetFiles(target).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal(["1", "22"], Directory.GetFiles(target).Select(File.ReadAllText).Order());
    }

    [Fact]
    public async Task Fetch_AsLink_LeadsToTheStore()
    {
        await _workflow.RunAsync(SmallWorkflow.Shell("one", "printf 1"));
        await using var store = await _workflow.OpenStoreAsync();
        var file = (await StoredFiles.ListAsync(store, SmallWorkflow.Cancellation))[0];

        var path = await StoredFiles.FetchAsync(store, file, _workflow.Directory["fetched"], keepsFolders: true, asLink: true, SmallWorkflow.Cancellation);

        Assert.Equal(_workflow.Directory["fetched/" + file.Key], path);
        Assert.Equal(Path.Combine(_workflow.Locator.Name, file.Key), new FileInfo(path).LinkTarget);
    }
}
