using System.Management.Automation;

namespace Toil.Worker;

/// <summary>The script that calls a job's body.</summary>
internal static class JobCaller
{
    private const string Text = """
        param($ToilBody, $ToilFunctions, $ToilArguments)
        foreach ($ToilFunction in $ToilFunctions) { . $ToilFunction }
        & $ToilBody @ToilArguments
        """;

    public static ScriptBlock Create() => ScriptBlock.Create(Text);
}
