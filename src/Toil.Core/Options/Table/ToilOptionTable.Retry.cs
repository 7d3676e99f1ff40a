namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What becomes of jobs that fail, take too long or get lost.</summary>
    private static readonly ToilOption[] RetryOptions =
    [
        new ToilOption<int>("--retryCount", OptionGroup.Retries, ValueSyntaxes.Count, o => o.RetryCount, (o, v) => o.RetryCount = v,
            "How often a failing job is tried again before it has failed for good."),
        new FlagOption("--enableUnlimitedPreemptibleRetries", OptionGroup.Retries, o => o.EnableUnlimitedPreemptibleRetries, (o, v) => o.EnableUnlimitedPreemptibleRetries = v,
            "Don't count it as a try when a job ends because its node was taken away or lost.")
        { Aliases = ["--enableUnlimitedPreemptableRetries"] },
        new FlagOption("--doubleMem", OptionGroup.Retries, o => o.DoubleMem, (o, v) => o.DoubleMem = v,
            "Give a job that ran out of memory twice as much on its next try."),
        new ToilOption<TimeSpan>("--maxJobDuration", OptionGroup.Retries, ValueSyntaxes.PositiveTime, o => o.MaxJobDuration, (o, v) => o.MaxJobDuration = v,
            "End an attempt that takes longer than this; it may take a little longer before it is ended.")
        { DefaultNote = "no limit" },
        new FlagOption("--enforceMemory", OptionGroup.Retries, o => o.EnforceMemory, (o, v) => o.EnforceMemory = v,
            "Kill an attempt that uses more memory than its job asked for; otherwise it is only told of."),
    ];
}
