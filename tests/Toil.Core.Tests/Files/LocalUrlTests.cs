using Toil.Files;
using Xunit;

namespace Toil.Tests.Files;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/data/a.fq", "/data/a.fq")]
    [InlineData("a.fq", "/base/a.fq")]
    [InlineData("../a.fq", "/a.fq")]
    [InlineData("file:///data/a.fq", "/data/a.fq")]
    [InlineData("FILE:///data/a.fq", "/data/a.fq")]
    [InlineData("file:/data/a.fq", "/data/a.fq")]
    [InlineData("file://localhost/data/a.fq", "/data/a.fq")]
    [InlineData("file:a.fq", "/base/a.fq")]
    [InlineData("file:./sub/a.fq", "/base/sub/a.fq")]
    [InlineData("file:///with%20space/%E6%97%A5%25.fq", "/with space/日%.fq")]
    [InlineData("file:rel%2Fx", "/base/rel/x")]
    [InlineData("file:///a#b?c", "/a#b?c")]
    [InlineData("/with%20percent", "/with%20percent")]
    [InlineData("sample:1.txt", "/base/sample:1.txt")]
    [InlineData("dir/x://y", "/base/dir/x:/y")]
    public void ToPath_GivesThePath(string url, string path) => Assert.Equal(path, LocalUrl.ToPath(url, () => "/base"));

    [Theory]
    [InlineData("s3://bucket/key", "'s3' isn't available")]
    [InlineData("s3:bucket/key", "'s3' isn't available")]
    [InlineData("https://example.org/x", "'https' isn't available")]
    [InlineData("HTTP://example.org/x", "'HTTP' isn't available")]
    [InlineData("gs://b/k", "Available: plain paths and file")]
    [InlineData("weird+scheme://x", "'weird+scheme' isn't available")]
    [InlineData("file://other/data", "machine 'other'")]
    [InlineData("file://localhost", "names no file")]
    [InlineData("file:", "names no file")]
    [InlineData("", "names no file")]
    [InlineData("file:///a%00b", "names no file")]
    public void ToPath_WhatIsNotLocal_SaysWhy(string url, string reason)
    {
        var error = Assert.Throws<ToilException>(() => LocalUrl.ToPath(url, () => "/base"));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
