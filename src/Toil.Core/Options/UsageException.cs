namespace Toil;

/// <summary>The command line, an environment variable or a parameter isn't valid. Ends a program with <see cref="ExitCode.Usage"/>.</summary>
public sealed class UsageException(string message) : ToilException(message);
