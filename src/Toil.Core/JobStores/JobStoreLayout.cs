namespace Toil.JobStores;

/// <summary>What lies where in a job store. Destroying a store removes what lies in these places and nothing else.</summary>
internal static class JobStoreLayout
{
    public const string Marker = "toil-store.json";
    public const string KillFlag = "toil-kill";

    /// <summary>Somebody asks the leader what it is doing, and what it said last.</summary>
    public const string StatusQuestion = "toil-ask";
    public const string StatusAnswer = "toil-answer.json";

    /// <summary>What a scheduler itself keeps of its jobs' output.</summary>
    public const string BatchLogs = "batch-logs/";
    public const string Code = "code/";
    public const string Files = "files/";
    public const string Imports = Files + "import/";
    public const string Journal = "journal/";
    public const string Launch = "launch/";
    public const string Leases = "lease/";
    public const string Logs = "logs/";
    public const string Mail = "mail/";
    public const string Outbox = "outbox/";
    public const string Pilots = "pilots/";
    public const string Shared = "shared/";
    public const string Values = "values/";

    /// <summary>In the order in which they are removed.</summary>
    public static readonly IReadOnlyList<string> Prefixes =
        [Pilots, Mail, Outbox, Launch, BatchLogs, Files, Values, Code, Shared, Logs, Leases, Journal];

    /// <summary>What the keys of files begin with that the leader of an epoch has imported.</summary>
    public static string ImportsOf(int epoch) => FormattableString.Invariant($"{Imports}{epoch}/");

    public static string Log(string job, int attempt) => FormattableString.Invariant($"{Logs}{job}/{attempt}");
}
