using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Xunit;

namespace Toil.Cli.Tests.Running;

[UnsupportedOSPlatform("windows")]
public sealed class RunSignalTests : IDisposable
{
    private readonly WorkDirectory _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Run_SignalToToil_ReachesPowerShell(string signal)
    {
        WriteFakePowerShell($"trap 'echo got {signal}; exit 42' {signal}; echo ready; read -r line; exit 1");
        using var toil = Start();
        await toil.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using var kill = Process.Start("kill", [$"-{signal}", toil.Id.ToString(CultureInfo.InvariantCulture)]);
        var heard = await toil.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await toil.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"got {signal}", heard);
        Assert.Equal(42, toil.ExitCode);
    }

    [Fact]
    public async Task Run_BrokenPipeBelowPowerShell_EndsTheWriterAsUsual()
    {
        WriteFakePowerShell("yes | head -n 1; echo ${PIPESTATUS[0]}");
        using var toil = Start();

        var output = await toil.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"y\n{128 + 13}\n", output);
    }

    [Fact]
    public async Task Run_InterruptedScript_IsCancelled()
    {
        Assert.SkipWhen(RealPowerShell.Path is null, RealPowerShell.SkipReason);
        WriteFakePowerShell($"exec '{RealPowerShell.Path}' \"$@\"");
        await File.WriteAllTextAsync(Path.Combine(_work.Path, "sort.ps1"), "'ready'; Start-Sleep 600", TestContext.Current.CancellationToken);
        using var toil = Start();
        await toil.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using var kill = Process.Start("kill", ["-INT", toil.Id.ToString(CultureInfo.InvariantCulture)]);
        await toil.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Cancelled, toil.ExitCode);
    }

    private Process Start() => ToilProcess.Start(
        ToilProcess.Executable, _work.Path, ["run", "sort.ps1"], [KeyValuePair.Create("PATH", $"{_work.Path}:/usr/bin:/bin"), KeyValuePair.Create("TOIL_MODULE_PATH", _work.Path)]);

    private void WriteFakePowerShell(string body)
    {
        var pwsh = Path.Combine(_work.Path, "pwsh");
        File.WriteAllText(pwsh, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(pwsh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(_work.Path, "sort.ps1"), "");
        File.WriteAllText(Path.Combine(_work.Path, "Toil.psd1"), "@{ ModuleVersion = '0.0.1' }");
    }
}
