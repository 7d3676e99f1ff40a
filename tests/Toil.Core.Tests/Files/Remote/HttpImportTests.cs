using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Toil.Files;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;
using static Toil.Tests.Files.LoopbackServer;

namespace Toil.Tests.Files;

public sealed class HttpImportTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];
    private static readonly string Length = $"Content-Length: {Content.Length}";

    private readonly FileStoreWorld _world = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _log = new();

    public void Dispose() => _world.Dispose();

    private Task<FileId> ImportAsync(LoopbackServer server, string path = "/data/reads.fq", string login = "", string scheme = "http") =>
        ImportAsync($"{scheme}://{login}127.0.0.1:{server.Port}{path}");

    private Task<FileId> ImportAsync(string url, TimeSpan? stall = null) =>
        new FileImporter(_world.Depot.OpenImports(1), () => "/", false, (_, message) => _log.Enqueue(message))
        {
            Remote = new RemoteImportOptions { FirstPause = TimeSpan.FromMilliseconds(1), MostTries = 3, StallTimeout = stall ?? TimeSpan.FromSeconds(20) },
        }.ImportAsync(url, Cancel);

    private byte[] BytesOf(FileId file) => File.ReadAllBytes(_world.PathOf(file));

    private static byte[] Rest(int from, string version, string? range = null) => Answer(
        "206 Partial Content", [$"Content-Range: bytes {range ?? $"{from}-{Content.Length - 1}/{Content.Length}"}", $"ETag: {version}"], Content.AsSpan(from));

    private async Task<string> FailsAsync(params byte[][] answers)
    {
        await using var server = Http(_requests, answers);
        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync(server));
        Assert.Empty(_world.Stored());
        Assert.Contains($"http://127.0.0.1:{server.Port}/data/reads.fq", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    [Fact]
    public async Task Import_Streams_AndTakesTheNameFromThePath()
    {
        await using var server = Http(_requests, Answer("200 OK", [Length], Content));
        var file = await ImportAsync(server, "/data/my%20reads.fq?sample=1");

        Assert.Equal(("my reads.fq", Content.Length), (file.Name, file.Size));
        Assert.Equal(Content, BytesOf(file));
        Assert.Empty(_log);
    }

    [Theory]
    [InlineData("ETag: \"v1\"", "\"v1\"")]
    [InlineData("Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task Import_CutConnection_GoesOnWhereItWas(string header, string version)
    {
        await using var server = Http(
            _requests,
            Answer("200 OK", [Length, header], Content.AsSpan(0, 100_000)),
            Answer("206 Partial Content", [$"Content-Range: bytes 100000-{Content.Length - 1}/{Content.Length}", header], Content.AsSpan(100_000)));

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
        Assert.Contains("Range: bytes=100000-", _requests.Last(), StringComparison.Ordinal);
        Assert.Contains($"If-Range: {version}", _requests.Last(), StringComparison.Ordinal);
        Assert.Contains("trying again", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Redirected_KeepsTheNameThatWasAskedFor()
    {
        await using var server = Http(_requests, Answer("302 Found", ["Content-Length: 0", "Location: /blob/5f3a"], []), Answer("200 OK", [Length], Content));
        var file = await ImportAsync(server);

        Assert.Equal("reads.fq", file.Name);
        Assert.StartsWith("GET /blob/5f3a ", _requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_CutManyTimes_GoesOnAsLongAsItGetsFurther()
    {
        var answers = Enumerable.Range(0, 10).Select(i => i == 0
            ? Answer("200 OK", [Length, "ETag: \"v1\""], Content.AsSpan(0, 30_000))
            : Answer("206 Partial Content", [$"Content-Range: bytes {i * 30_000}-{Content.Length - 1}/{Content.Length}", "ETag: \"v1\""], Content.AsSpan(i * 30_000, 30_000)));
        await using var server = Http(_requests, [.. answers]);

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
        Assert.Equal(10, _requests.Count);
    }

    [Fact]
    public async Task Import_FileReplacedMeanwhile_StartsAfresh()
    {
        var other = Content.Reverse().ToArray();
        await using var server = Http(
            _requests,
            Answer("200 OK", [Length, "ETag: \"v1\""], Content.AsSpan(0, 100_000)),
            Answer("200 OK", [Length, "ETag: \"v2\""], other));

        Assert.Equal(other, BytesOf(await ImportAsync(server)));
        Assert.Single(_world.Stored());
    }

    [Fact]
    public async Task Import_ServerThatTellsNoVersions_IsAskedForTheWholeAgain()
    {
        await using var server = Http(_requests, Answer("200 OK", [Length], Content.AsSpan(0, 100_000)), Answer("200 OK", [Length], Content));

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
        Assert.DoesNotContain("Range:", _requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WrongPart_StartsAfresh()
    {
        await using var server = Http(
            _requests,
            Answer("200 OK", [Length, "ETag: \"v1\""], Content.AsSpan(0, 100_000)),
            Rest(90_000, "\"v1\""),
            Answer("200 OK", [Length, "ETag: \"v1\""], Content));

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
    }

    [Fact]
    public async Task Import_CutBehindTheLastByteOfUnknownLength_AsksForTheWholeAgain()
    {
        var chunked = Answer("200 OK", ["Transfer-Encoding: chunked", "ETag: \"v1\""], "4\r\nACGT\r\n"u8);
        await using var server = Http(
            _requests, chunked, Answer("416 Range Not Satisfiable", ["Content-Length: 0"], []), Answer("200 OK", ["Content-Length: 4"], "ACGT"u8));

        Assert.Equal("ACGT"u8.ToArray(), BytesOf(await ImportAsync(server)));
        Assert.Equal(3, _requests.Count);
    }

    [Theory]
    [InlineData("Content-MD5", "", "MD5")]
    [InlineData("Digest", "sha-256=", "SHA256")]
    [InlineData("Repr-Digest", "sha-512=:", "SHA512")]
    [InlineData("x-goog-hash", "md5=", "MD5")]
    public async Task Import_Checksum_IsVerified(string header, string prefix, string algorithm)
    {
        var right = CryptographicOperations.HashData(new HashAlgorithmName(algorithm), Content);
        var wrong = right.Reverse().ToArray();
        byte[] AnswerWith(byte[] hash) => Answer("200 OK", [Length, $"{header}: {prefix}{Convert.ToBase64String(hash)}{(prefix.EndsWith(':') ? ":" : "")}"], Content);
        await using var server = Http(_requests, AnswerWith(wrong), AnswerWith(right));

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
        Assert.Contains($"the {algorithm} checksum is {Convert.ToHexStringLower(right)}, but the server says {Convert.ToHexStringLower(wrong)}", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Crc32c_IsVerified()
    {
        // The check value of the algorithm's catalogue entry, CRC-32/ISCSI.
        var check = Convert.ToBase64String([0xe3, 0x06, 0x92, 0x83]);
        await using var server = Http(_requests, Answer("200 OK", ["Content-Length: 9", $"x-goog-hash: crc32c={check},md5=bm90IGFuIE1ENSBzdW0="], "123456789"u8));

        Assert.Equal("123456789"u8.ToArray(), BytesOf(await ImportAsync(server)));
        Assert.Empty(_log);
    }

    [Fact]
    public async Task Import_ChecksumOfACutTransfer_IsOfTheWhole()
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Content));
        await using var server = Http(
            _requests, Answer("200 OK", [Length, "ETag: \"v1\"", $"Digest: SHA-256={hash}"], Content.AsSpan(0, 100_000)), Rest(100_000, "\"v1\""));

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
    }

    [Fact]
    public async Task Import_ChecksumWrongTwice_Fails()
    {
        var message = await FailsAsync(Answer("200 OK", [Length, $"Digest: md5={Convert.ToBase64String(new byte[16])}"], Content));

        Assert.Contains("what came isn't what the server has", message, StringComparison.Ordinal);
        Assert.Equal(2, _requests.Count);
    }

    [Theory]
    [InlineData("404 Not Found", "There is no such file", 1)]
    [InlineData("401 Unauthorized", "~/.netrc", 1)]
    [InlineData("503 Service Unavailable", "tried 3 times", 3)]
    public async Task Import_Refused_SaysWhy(string status, string reason, int tries)
    {
        var message = await FailsAsync(Answer(status, ["Content-Length: 0"], []));

        Assert.Contains(status, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Equal(tries, _requests.Count);
    }

    [Fact]
    public async Task Import_AlwaysCutAtTheSamePlace_FailsAfterSomeTries()
    {
        var message = await FailsAsync(Answer("200 OK", [Length], Content.AsSpan(0, 1000)));

        Assert.Contains("the connection was cut", message, StringComparison.Ordinal);
        Assert.Contains("tried 3 times", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_CodedContent_IsRefused() =>
        Assert.Contains("gzip-coded", await FailsAsync(Answer("200 OK", [Length, "Content-Encoding: gzip"], Content)), StringComparison.Ordinal);

    [Fact]
    public async Task Import_PassingTrouble_IsTriedAgain()
    {
        await using var server = Http(_requests, Answer("503 Service Unavailable", ["Content-Length: 0", "Retry-After: 0"], []), Answer("200 OK", [Length], Content));

        Assert.Equal(Content, BytesOf(await ImportAsync(server)));
    }

    [Fact]
    public async Task Import_LoginInTheUrl_IsSentButNeverShown()
    {
        await using var server = Http(_requests, Answer("403 Forbidden", ["Content-Length: 0"], []));
        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync(server, login: "ann:s%40cret@"));

        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("ann:s@cret"u8)}", _requests.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_SilentServer_FailsAfterTheTimeout()
    {
        await using var server = new LoopbackServer(async (_, cancellation) => await Task.Delay(Timeout.Infinite, cancellation));
        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync($"http://127.0.0.1:{server.Port}/x", TimeSpan.FromMilliseconds(20)));

        Assert.Contains("sent nothing for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NobodyListens_SaysSo()
    {
        int port;
        await using (var server = new LoopbackServer((_, _) => Task.CompletedTask))
        {
            port = server.Port;
        }

        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync($"http://127.0.0.1:{port}/x"));
        Assert.Contains("refuses the connection", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_UntrustedCertificate_SaysSo()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var server = new LoopbackServer(async (connection, cancellation) =>
        {
            await using var secure = new SslStream(connection);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);

            // Who hangs up first cuts off the client's refusal, and shows it a broken connection instead.
            _ = await secure.ReadAsync(new byte[1], cancellation);
        });

        var error = await Assert.ThrowsAsync<ToilException>(() => ImportAsync(server, scheme: "https"));
        Assert.Contains("can't be made secure", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ToAServer_IsRefused()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        var error = await Assert.ThrowsAsync<ToilException>(() => store.ExportAsync(file, "https://ann:secret@example.org/x", Cancel));

        Assert.Equal("Can't export to https://ann:***@example.org/x: files can't be put on a server by https. Export to a path, and upload it from there.", error.Message);
    }
}
