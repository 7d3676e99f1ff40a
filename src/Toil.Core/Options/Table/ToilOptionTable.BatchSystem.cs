namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What runs the jobs.</summary>
    private static readonly ToilOption[] BatchSystemOptions =
    [
        new ToilOption<string>("--batchSystem", OptionGroup.BatchSystem, ValueSyntaxes.BatchSystem, o => o.BatchSystem, (o, v) => o.BatchSystem = v,
            "What runs the jobs: single_machine."),
        new FlagOption("--disableAutoDeployment", OptionGroup.BatchSystem, o => o.DisableAutoDeployment, (o, v) => o.DisableAutoDeployment = v,
            "Don't bring the workflow's code to the nodes: it stands at the same place on all of them.")
        { Aliases = ["--disableHotDeployment"] },
        new ToilOption<double>("--scale", OptionGroup.BatchSystem, ValueSyntaxes.Factor, o => o.Scale, (o, v) => o.Scale = v,
            "Multiply the cores that jobs ask for, to run a workflow on a smaller machine than it was made for; for single_machine."),
    ];
}
