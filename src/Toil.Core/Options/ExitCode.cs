namespace Toil;

/// <summary>How <c>toil</c> and C# workflows end, for the shell that started them.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>Jobs failed, or the workflow's own code did.</summary>
    public const int WorkflowFailed = 1;

    /// <summary>The command line can't be understood, or something that it needs isn't installed.</summary>
    public const int Usage = 2;

    /// <summary>The job store is absent, exists already, is in use by another leader, or is damaged.</summary>
    public const int JobStore = 3;

    /// <summary>Ctrl+C, SIGTERM or <c>toil kill</c> ended the workflow; it can be resumed.</summary>
    public const int Cancelled = 130;
}
