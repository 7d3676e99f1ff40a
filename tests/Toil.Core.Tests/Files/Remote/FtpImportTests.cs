using Toil.Files;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class FtpImportTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];

    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    private Task<FileId> ImportAsync(FtpServer server, string path = "/data/reads.fq", string login = "") =>
        new FileImporter(_world.Depot.OpenImports(1), () => "/", false, (_, _) => { })
        {
            Remote = new RemoteImportOptions { FirstPause = TimeSpan.FromMilliseconds(1), MostTries = 3 },
        }.ImportAsync($"ftp://{login}127.0.0.1:{server.Port}{path}", Cancel);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_Works_AlsoWithoutExtensions(bool hasExtensions)
    {
        await using var server = new FtpServer(Content) { HasExtensions = hasExtensions };
        var file = await ImportAsync(server);

        Assert.Equal(("reads.fq", Content.Length), (file.Name, file.Size));
        Assert.Equal(Content, File.ReadAllBytes(_world.PathOf(file)));
        Assert.Contains("USER anonymous", server.Commands);
    }

    [Fact]
    public async Task Import_CutConnection_GoesOnWhereItWas()
    {
        await using var server = new FtpServer(Content);
        server.Cuts.Enqueue(100_000);
        server.Cuts.Enqueue(50_000);
        var file = await ImportAsync(server);

        Assert.Equal(Content, File.ReadAllBytes(_world.PathOf(file)));
        Assert.Equal(["REST 100000", "REST 150000"], server.Commands.Where(command => command.StartsWith("REST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Import_CutWithoutExtensions_StartsAfresh()
    {
        await using var server = new FtpServer(Content) { HasExtensions = false };
        server.Cuts.Enqueue(100_000);
        var file = await ImportAsync(server);

        Assert.Equal(Content, File.ReadAllBytes(_world.PathOf(file)));
    }

    [Fact]
    public async Task Import_LoginInTheUrl_IsUsed()
    {
        await using var server = new FtpServer(Content) { Password = "s@cret" };

        await ImportAsync(server, login: "ann:s%40cret@");
        Assert.Contains("USER ann", server.Commands);
        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync(server, login: "ann:wrong@"));
        Assert.Contains("530 Login incorrect", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NoSuchFile_SaysSoAtOnce()
    {
        await using var server = new FtpServer(Content);
        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync(server, "/data/other"));

        Assert.Contains("550 No such file", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Commands, command => command == "RETR data/other");
        Assert.Empty(_world.Stored());
    }

    [Theory]
    [InlineData("/data/x%0d%0aDELE reads.fq")]
    [InlineData("/")]
    public async Task Import_PathThatIsNone_SendsNoCommandForIt(string path)
    {
        await using var server = new FtpServer(Content);
        await Assert.ThrowsAsync<ToilException>(() => ImportAsync(server, path));

        Assert.DoesNotContain(server.Commands, command => command.StartsWith("RETR", StringComparison.Ordinal) || command.StartsWith("DELE", StringComparison.Ordinal));
    }
}
