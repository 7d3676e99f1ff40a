using Toil.Cli.Running;
using Xunit;

namespace Toil.Cli.Tests.Running;

public class OldPowerShellTests
{
    [Fact]
    public async Task Command_PowerShellTooOld_SaysWhereToGetIt()
    {
        var pwsh = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(directory => Path.Combine(directory, "pwsh")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(pwsh is null, "Needs pwsh on PATH.");
        var script = PowerShellProcess.Command("/none", "/none.ps1", new ScriptCall([], []), oldestVersion: "99.0");

        var result = await ToilProcess.RunAsync("/", ["-NoProfile", "-NonInteractive", "-Command", script], program: pwsh);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith("toil: PowerShell 99.0 or later is needed, but pwsh on PATH is 7.", result.Error, StringComparison.Ordinal);
    }
}
