namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>For finding problems, and for testing.</summary>
    private static readonly ToilOption[] DebugOptions =
    [
        new FlagOption("--debugWorker", OptionGroup.Debug, o => o.DebugWorker, (o, v) => o.DebugWorker = v,
            "Run C# jobs in the leader's own process, one at a time, for a debugger; for single_machine. For scripts there is Debug-ToilJob."),
        new FlagOption("--disableWorkerOutputCapture", OptionGroup.Debug, o => o.DisableWorkerOutputCapture, (o, v) => o.DisableWorkerOutputCapture = v,
            "Let what jobs write appear on this terminal instead of in their logs."),
        new ToilOption<double>("--badWorker", OptionGroup.Debug, ValueSyntaxes.Share, o => o.BadWorker, (o, v) => o.BadWorker = v,
            "The share of attempts to kill at random, to test a workflow."),
        new ToilOption<TimeSpan>("--badWorkerFailInterval", OptionGroup.Debug, ValueSyntaxes.Time, o => o.BadWorkerFailInterval, (o, v) => o.BadWorkerFailInterval = v,
            "With --badWorker: kill within this time after the attempt's start."),
        new ToilOption<TimeSpan>("--killPollingInterval", OptionGroup.Debug, ValueSyntaxes.PositiveTime, o => o.KillPollingInterval, (o, v) => o.KillPollingInterval = v,
            "How often the leader looks whether 'toil kill' was used, where the job store can't tell it.")
        { Aliases = ["--kill_polling_interval"] },
    ];
}
