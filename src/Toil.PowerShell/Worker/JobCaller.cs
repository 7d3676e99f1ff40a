using System.Management.Automation;

namespace Toil.Worker;

/// <summary>The script that calls a job's body.</summary>
internal static class JobCaller
{
    /// <summary>How many frames at the bottom of a job's stack are not the user's.</summary>
    public const int Frames = 1;

    private const string Text = """
        param($ToilBody, $ToilFunctions, $ToilArguments)
        foreach ($ToilFunction in $ToilFunctions) { . $ToilFunction }
        if ($ToilArguments) { $_ = $ToilArguments[0] }
        & $ToilBody @ToilArguments
        """;

    /// <summary>
    /// The same for a part of a service, run in the global scope itself: what it sets stays for the next part. It takes
    /// the place of <see cref="Create"/> on the stack.
    /// </summary>
    public const string ServiceText = """
        param($ToilBody, $ToilFunctions, $ToilArguments)
        foreach ($ToilFunction in $ToilFunctions) { . $ToilFunction }
        . $ToilBody @ToilArguments
        """;

    public static ScriptBlock Create() => ScriptBlock.Create(Text);
}
