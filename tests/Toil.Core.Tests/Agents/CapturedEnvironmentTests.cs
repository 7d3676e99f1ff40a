using Toil.Agents;
using Xunit;

namespace Toil.Tests.Agents;

public class CapturedEnvironmentTests
{
    [Theory]
    [InlineData("PATH")]
    [InlineData("LANG")]
    [InlineData("KEYBOARD")]
    [InlineData("MONKEYS")]
    [InlineData("REFERENCE_DIR")]
    [InlineData("PATIENT")]
    public void Of_OrdinaryVariable_IsPassedOn(string name) => Assert.Equal("value", Capture(name)[name]);

    [Theory]
    [InlineData("HOME")]
    [InlineData("TMPDIR")]
    [InlineData("XDG_RUNTIME_DIR")]
    [InlineData("SSH_AUTH_SOCK")]
    [InlineData("TOIL_WORKDIR")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("github_pat")]
    [InlineData("MYSQL_PWD")]
    [InlineData("DbPassword")]
    [InlineData("SSHKEY")]
    [InlineData("API_KEYS")]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS")]
    public void Of_HostsOwnOrSecret_IsLeftOutUnlessNamed(string name)
    {
        Assert.False(Capture(name).ContainsKey(name));
        Assert.Equal("given", CapturedEnvironment.Of([KeyValuePair.Create(name, "value")], new Dictionary<string, string> { [name] = "given" })[name]);
    }

    private static Dictionary<string, string> Capture(string name) =>
        CapturedEnvironment.Of([KeyValuePair.Create(name, "value")], new Dictionary<string, string>());
}
