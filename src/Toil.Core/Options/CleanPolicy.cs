namespace Toil;

/// <summary>When a job store (<c>--clean</c>) or a job's temporary directory (<c>--cleanWorkDir</c>) is removed.</summary>
public enum CleanPolicy : byte
{
    Always = 0,
    OnError = 1,
    Never = 2,
    OnSuccess = 3,
}

internal static class CleanPolicies
{
    public static bool Applies(this CleanPolicy policy, bool succeeded) => policy switch
    {
        CleanPolicy.Always => true,
        CleanPolicy.Never => false,
        CleanPolicy.OnSuccess => succeeded,
        _ => !succeeded,
    };
}
