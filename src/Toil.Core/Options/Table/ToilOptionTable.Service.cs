namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>How services are kept from using up what their clients need.</summary>
    private static readonly ToilOption[] ServiceOptions =
    [
        new ToilOption<long>("--maxServiceJobs", OptionGroup.Services, ValueSyntaxes.Limit, o => o.MaxServiceJobs, (o, v) => o.MaxServiceJobs = v,
            "Most services that run at any one time, those on preemptible nodes not counted.")
        { DefaultNote = "no limit" },
        new ToilOption<long>("--maxPreemptibleServiceJobs", OptionGroup.Services, ValueSyntaxes.Limit, o => o.MaxPreemptibleServiceJobs, (o, v) => o.MaxPreemptibleServiceJobs = v,
            "Most services that run on preemptible nodes at any one time.")
        { DefaultNote = "no limit" },
        new ToilOption<TimeSpan>("--deadlockWait", OptionGroup.Services, ValueSyntaxes.Time, o => o.DeadlockWait, (o, v) => o.DeadlockWait = v,
            "How long only services may run, without a job to use them, before the workflow is ended as deadlocked."),
        new ToilOption<TimeSpan>("--deadlockCheckInterval", OptionGroup.Services, ValueSyntaxes.PositiveTime, o => o.DeadlockCheckInterval, (o, v) => o.DeadlockCheckInterval = v,
            "How often to look whether only services run; shorter than --deadlockWait."),
        new ToilOption<TimeSpan>("--servicePollingInterval", OptionGroup.Services, ValueSyntaxes.PositiveTime, o => o.ServicePollingInterval, (o, v) => o.ServicePollingInterval = v,
            "How often a service looks whether it should end, where nothing can tell it."),
    ];
}
