using Toil.Tests.Containers;

namespace Toil.Conformance.Tests;

/// <summary>How a test ended.</summary>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="Skipped">Why it could not run here; null when it could.</param>
internal sealed record CaseOutcome(string? Problem, string? Skipped = null)
{
    /// <summary>The exit code that means "not supported", as runners of CWL agree on it.</summary>
    private const int Unsupported = 33;

    public static async Task<CaseOutcome> OfAsync(ConformanceCase one, ContainerHost host)
    {
        var directory = Directory.CreateTempSubdirectory("toil-cwl-").FullName;
        try
        {
            var result = await CommandLine.RunAsync(directory, one, host);
            return host.Problem is not null && NeedsEngine(result) ? new(null, host.Problem) : new(Judge(one, result) is { } problem ? Describe(one, problem, result) : null);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool NeedsEngine(CommandResult result) =>
        result.ExitCode == Unsupported && result.Error.Contains("container engine", StringComparison.Ordinal);

    private static string? Judge(ConformanceCase one, CommandResult result) => result switch
    {
        { IsTimeout: true } => "It took too long.",
        // A crash is no refusal.
        { ExitCode: > 128 or < 0 } => $"It ended with exit code {result.ExitCode}.",
        { ExitCode: not 0 } => one.ShouldFail && result.ExitCode != 2 ? null : $"It ended with exit code {result.ExitCode}.",
        _ when one.ShouldFail => $"It should have failed, but printed {result.Output}",
        _ => CompareOutput(one, result),
    };

    private static string? CompareOutput(ConformanceCase one, CommandResult result)
    {
        try
        {
            return OutputComparison.Difference(one.Output, SuiteYaml.Parse(result.Output));
        }
        catch (YamlDotNet.Core.YamlException error)
        {
            return $"What it printed is no output object: {error.Message}";
        }
    }

    private static string Describe(ConformanceCase one, string problem, CommandResult result) =>
        $"{problem}\n{one.Doc}\ntoil cwl {one.Tool} {one.Job}\n---- stdout ----\n{result.Output}\n---- stderr ----\n{result.Error}";
}
