namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What jobs get that don't say, and how much all together may use.</summary>
    private static readonly ToilOption[] ResourceOptions =
    [
        new ToilOption<double>("--defaultCores", OptionGroup.Resources, ValueSyntaxes.Cores, o => o.DefaultCores, (o, v) => o.DefaultCores = v,
            "Cores of jobs that don't ask for any; fractions are allowed."),
        new ToilOption<ByteSize>("--defaultMemory", OptionGroup.Resources, ValueSyntaxes.Size, o => o.DefaultMemory, (o, v) => o.DefaultMemory = v,
            "Memory of jobs that don't ask for any."),
        new ToilOption<ByteSize>("--defaultDisk", OptionGroup.Resources, ValueSyntaxes.Size, o => o.DefaultDisk, (o, v) => o.DefaultDisk = v,
            "Disk space of jobs that don't ask for any."),
        new ToilOption<string>("--defaultAccelerators", OptionGroup.Resources, ValueSyntaxes.Accelerators, o => o.DefaultAccelerators, (o, v) => o.DefaultAccelerators = v,
            "Accelerators of jobs that don't ask for any: kinds or models with counts, such as gpu:2 or nvidia,amd:2."),
        new FlagOption("--defaultPreemptible", OptionGroup.Resources, o => o.DefaultPreemptible, (o, v) => o.DefaultPreemptible = v,
            "Let jobs that don't say run on nodes that can be taken away.")
        { Aliases = ["--defaultPreemptable"] },
        new ToilOption<double>("--maxCores", OptionGroup.Resources, ValueSyntaxes.CoreLimit, o => o.MaxCores, (o, v) => o.MaxCores = v,
            "Most cores to use at any one time.")
        { DefaultNote = "all there are" },
        new ToilOption<ByteSize>("--maxMemory", OptionGroup.Resources, ValueSyntaxes.Size, o => o.MaxMemory, (o, v) => o.MaxMemory = v,
            "Most memory to use at any one time.")
        { DefaultNote = "all there is" },
        new ToilOption<ByteSize>("--maxDisk", OptionGroup.Resources, ValueSyntaxes.Size, o => o.MaxDisk, (o, v) => o.MaxDisk = v,
            "Most disk space to use at any one time.")
        { DefaultNote = "all there is" },
    ];
}
