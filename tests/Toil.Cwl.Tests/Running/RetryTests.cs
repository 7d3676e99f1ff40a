using Xunit;

namespace Toil.Cwl.Tests.Running;

/// <summary>Which failures of tools are worth another try.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData("exit 3", "permanentFailCodes: [3]", 1)]
    [InlineData("exec sleep 100", "requirements: {ToolTimeLimit: {timelimit: 1}}", 1)]
    [InlineData("exit 4", "permanentFailCodes: [3]", 2)]
    [InlineData("exit 4", "temporaryFailCodes: [4]", 2)]
    public async Task Tool_ThatFails_IsTriedAgainUnlessItWouldFailAgain(string script, string field, int tries)
    {
        using var directory = new CwlDirectory { RetryCount = 1 };
        var document = $$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo try >> {{directory["tries"]}}; {{script}}']
            {{field}}
            inputs: []
            outputs: []
            """;

        await Assert.ThrowsAsync<FailedJobsException>(() => directory.RunAsync(document));

        Assert.Equal(tries, (await File.ReadAllLinesAsync(directory["tries"], CwlDirectory.Cancellation)).Length);
    }
}
