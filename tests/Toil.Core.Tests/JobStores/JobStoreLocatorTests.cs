using Toil.JobStores;
using Xunit;

namespace Toil.Tests.JobStores;

public sealed class JobStoreLocatorTests
{
    [Theory]
    [InlineData("file:/data/store", "file", "", "/data/store")]
    [InlineData("file:///data/store", "file", "", "/data/store")]
    [InlineData("/data/store/", "file", "", "/data/store")]
    [InlineData("/data/a:b", "file", "", "/data/a:b")]
    [InlineData("file:/data/a:b", "file", "", "/data/a:b")]
    [InlineData("/data/../store", "file", "", "/store")]
    [InlineData("aws:us-west-2:my-store", "aws", "us-west-2", "my-store")]
    [InlineData("google:my-project:my-store", "google", "my-project", "my-store")]
    [InlineData("azure:account:container", "azure", "account", "container")]
    [InlineData("other:host:8080/name", "other", "", "host:8080/name")]
    public void Parse_Locator_KnowsItsParts(string text, string kind, string scope, string name)
    {
        var locator = JobStoreLocator.Parse(text);

        Assert.Equal((kind, scope, name), (locator.Kind, locator.Scope, locator.Name));
        Assert.Equal(locator, JobStoreLocator.Parse(locator.ToString()));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("file:store")]
    [InlineData("./store")]
    public void Parse_RelativePath_BecomesAbsolute(string text) =>
        Assert.Equal(Path.GetFullPath("store"), JobStoreLocator.Parse(text).Name);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("file:")]
    [InlineData("aws:us-west-2")]
    [InlineData("aws:us-west-2:")]
    [InlineData("aws::name")]
    [InlineData("aws:us-west-2:name:more")]
    [InlineData("google:pro ject:name")]
    [InlineData("no kind:name")]
    [InlineData("other:")]
    public void Parse_Nonsense_IsRefusedNamingIt(string text) =>
        Assert.Contains($"'{text.Replace("file:", "", StringComparison.Ordinal)}'", Assert.Throws<ToilException>(() => JobStoreLocator.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("aws:us-west-2:my-store")]
    [InlineData("azure:account:container")]
    public async Task Open_KindThatIsNotThere_SaysWhichAre(string text)
    {
        var cancel = TestContext.Current.CancellationToken;
        var failure = await Assert.ThrowsAsync<ToilException>(() => JobStore.OpenAsync(JobStoreLocator.Parse(text), cancel));

        Assert.Contains("not available in this build. Available: file", failure.Message, StringComparison.Ordinal);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }
}
