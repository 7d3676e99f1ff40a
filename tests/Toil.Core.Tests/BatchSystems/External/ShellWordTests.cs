using System.Diagnostics;
using Toil.BatchSystems;
using Xunit;

namespace Toil.Tests.BatchSystems.External;

public class ShellWordTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("it's 'one'")]
    [InlineData("'")]
    [InlineData("$HOME `id` \"x\" \\ * ~ # ; & |\n\t!")]
    public async Task Quote_AnyWord_IsLiteralToAShell(string word)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s.' {ShellWord.Quote(word)}"]) { RedirectStandardOutput = true })!;
        Assert.Equal(word + ".", await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
