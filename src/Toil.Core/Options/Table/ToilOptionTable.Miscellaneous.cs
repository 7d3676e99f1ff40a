namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What belongs nowhere else.</summary>
    private static readonly ToilOption[] MiscellaneousOptions =
    [
        new FlagOption("--disableChaining", OptionGroup.Miscellaneous, o => o.DisableChaining, (o, v) => o.DisableChaining = v,
            "Schedule every job anew, also one that could follow its predecessor in its place. It is always so; the option is accepted for Toil's users."),
        new ToilOption<string>("--setEnv", OptionGroup.Miscellaneous, ValueSyntaxes.Assignment, o => o.SetEnv, AddVariable,
            "Set an environment variable for jobs; with NAME alone, to the value that it has here. May be repeated.")
        { EnvironmentVariable = null, Aliases = ["-e"], IsRepeatable = true, DefaultNote = "" },
        new ToilOption<TimeSpan>("--statusWait", OptionGroup.Miscellaneous, ValueSyntaxes.PositiveTime, o => o.StatusWait, (o, v) => o.StatusWait = v,
            "How often to log how far the workflow has come."),
        new FlagOption("--disableProgress", OptionGroup.Miscellaneous, o => o.DisableProgress, (o, v) => o.DisableProgress = v,
            "Don't show progress, which appears when standard error is a terminal."),
    ];

    private static void AddVariable(ToilOptions options, string assignment)
    {
        var parts = assignment.Split('=', 2);
        var value = parts.Length == 2 ? parts[1] : Environment.GetEnvironmentVariable(parts[0]) ?? "";
        options.SetEnv = new Dictionary<string, string>(options.SetEnv) { [parts[0]] = value };
    }
}
