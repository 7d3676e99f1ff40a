namespace Toil.Worker;

/// <summary>A job called <c>exit</c>.</summary>
internal sealed class ExitCalledException(int exitCode) : ToilException(
    $"The job called 'exit {exitCode}'. A job shares its process with other jobs and can't end it: use 'return' to end the job, or 'throw' to fail it.")
{
    public int ExitCode { get; } = exitCode;
}
