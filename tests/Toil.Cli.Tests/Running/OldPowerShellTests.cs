using Toil.Cli.Running;
using Xunit;

namespace Toil.Cli.Tests.Running;

public class OldPowerShellTests
{
    [Fact]
    public async Task Command_PowerShellTooOld_SaysWhereToGetIt()
    {
        Assert.SkipWhen(RealPowerShell.Path is null, RealPowerShell.SkipReason);
        var script = PowerShellProcess.Command("/none", "/none.ps1", new ScriptCall([], []), oldestVersion: "99.0");

        var result = await ToilProcess.RunAsync("/", ["-NoProfile", "-NonInteractive", "-Command", script], program: RealPowerShell.Path);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith("toil: PowerShell 99.0 or later is needed, but pwsh on PATH is 7.", result.Error, StringComparison.Ordinal);
    }
}
