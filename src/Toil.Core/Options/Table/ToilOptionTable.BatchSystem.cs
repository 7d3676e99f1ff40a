namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What runs the jobs.</summary>
    private static readonly ToilOption[] BatchSystemOptions =
    [
        new ToilOption<string>("--batchSystem", OptionGroup.BatchSystem, ValueSyntaxes.BatchSystem, o => o.BatchSystem, (o, v) => o.BatchSystem = v,
            "What runs the jobs: single_machine, or the name of one that a plug-in has."),
        new ToilOption<string>("--plugin", OptionGroup.BatchSystem, ValueSyntaxes.FilePath, o => o.Plugin, (o, v) => o.Plugin = [.. o.Plugin, Path.GetFullPath(v)],
            "Load batch systems and kinds of job stores from this assembly (.dll), here and on the nodes. May be repeated; more are named in TOIL_PLUGINS.")
        { EnvironmentVariable = null, IsRepeatable = true, DefaultNote = "" },
        new FlagOption("--disableAutoDeployment", OptionGroup.BatchSystem, o => o.DisableAutoDeployment, (o, v) => o.DisableAutoDeployment = v,
            "Don't bring the workflow's code to the nodes: it stands at the same place on all of them.")
        { Aliases = ["--disableHotDeployment"] },
        new ToilOption<double>("--scale", OptionGroup.BatchSystem, ValueSyntaxes.Factor, o => o.Scale, (o, v) => o.Scale = v,
            "Multiply the cores that jobs ask for, to run a workflow on a smaller machine than it was made for; for single_machine."),
    ];
}
