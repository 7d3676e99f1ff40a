namespace Toil;

/// <summary>A container ended with an exit code that isn't 0.</summary>
public sealed class ContainerFailedException(string image, int exitCode, string errorTail) : ToilException(
    FormattableString.Invariant($"The container of {image} ended with exit code {exitCode}.{(errorTail.Length > 0 ? $" Its last words: {errorTail}" : " It wrote nothing to its error output.")}"))
{
    public int ExitCode => exitCode;

    /// <summary>The end of its error output.</summary>
    public string ErrorTail => errorTail;
}
