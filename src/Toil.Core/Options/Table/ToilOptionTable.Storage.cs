namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>How files get into the job store, out of it, and to the jobs.</summary>
    private static readonly ToilOption[] StorageOptions =
    [
        new ToilOption<string>("--callCache", OptionGroup.Storage, ValueSyntaxes.FilePath, o => o.CallCache, (o, v) => o.CallCache = v,
            "Keep results of jobs in this directory, by code, arguments and contents of input files, and don't run jobs again whose results are there. Workflows may share it.")
        { Aliases = ["--cacheDirectory"] },
        new FlagOption("--linkImports", OptionGroup.Storage, o => o.LinkImports, (o, v) => o.LinkImports = v,
            "Link imported files into the job store where the filesystem allows, instead of copying them.")
        { Shorthands = new Dictionary<string, string> { ["--noLinkImports"] = "False" } },
        new FlagOption("--moveExports", OptionGroup.Storage, o => o.MoveExports, (o, v) => o.MoveExports = v,
            "Move exported files out of the job store where the filesystem allows, and leave a link to them there, instead of copying them.")
        { Shorthands = new Dictionary<string, string> { ["--noMoveExports"] = "False" } },
        new FlagOption("--caching", OptionGroup.Storage, o => o.Caching, (o, v) => o.Caching = v,
            "Keep files that jobs have read on the node, for other jobs there.")
        { Shorthands = new Dictionary<string, string> { ["--disableCaching"] = "False" }, DefaultNote = "where it helps" },
        new ToilOption<ByteSize>("--cacheSize", OptionGroup.Storage, ValueSyntaxes.Size, o => o.CacheSize, (o, v) => o.CacheSize = v,
            "Most that those files may take on a node, all workflows together.")
        { DefaultNote = "half of what the disk has left" },
    ];
}
