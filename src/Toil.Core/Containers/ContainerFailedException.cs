namespace Toil;

/// <summary>A container ended with an exit code that isn't 0.</summary>
/// <param name="image">The container's image.</param>
/// <param name="exitCode">The exit code.</param>
/// <param name="errorTail">The end of its error output.</param>
/// <param name="isOutOfMemory">Whether the kernel ended it because memory ran out.</param>
public sealed class ContainerFailedException(string image, int exitCode, string errorTail, bool isOutOfMemory = false) : ToilException(
    FormattableString.Invariant($"The container of {image} ended with exit code {exitCode}{(isOutOfMemory ? OutOfMemory : "")}.{(errorTail.Length > 0 ? $" Its last words: {errorTail}" : " It wrote nothing to its error output.")}"))
{
    private const string OutOfMemory = ": the kernel ended it because memory ran out. Ask for more memory for the job, or retry with --doubleMem";

    public int ExitCode => exitCode;

    /// <summary>The end of its error output.</summary>
    public string ErrorTail => errorTail;

    /// <summary>Whether the kernel ended it because memory ran out. A job that lets this pass gets more memory for its next try with <c>--doubleMem</c>.</summary>
    public bool IsOutOfMemory => isOutOfMemory;
}
