using Toil.Files;
using Xunit;

namespace Toil.Tests.Files;

public sealed class NetRcTests
{
    private const string Text = """
        # a comment
        machine a.org login ann password a1
        macdef init
        machine b.org login evil password evil

        machine b.org
            login bob
            password b2
        default login anyone password d3
        """;

    [Theory]
    [InlineData("a.org", "ann", "a1")]
    [InlineData("B.ORG", "bob", "b2")]
    [InlineData("c.org", "anyone", "d3")]
    public void Find_TakesTheHostsOwnEntryOrTheDefault(string host, string user, string password)
    {
        var login = NetRc.Find(Text, host)!;
        Assert.Equal((user, password), (login.UserName, login.Password));
    }

    [Fact]
    public void Find_NoEntry_IsNull() => Assert.Null(NetRc.Find("machine a.org login ann password a1", "b.org"));
}
