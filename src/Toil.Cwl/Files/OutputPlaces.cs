using Toil.Cwl.Tools;
using Toil.Files;
using Toil.JobStores;

namespace Toil.Cwl.Files;

/// <summary>Where an output was found: it is one of the job's inputs, or a path on this machine, or neither for a literal.</summary>
internal readonly record struct OutputPlace(OrderedDictionary<string, object?>? Original, string? HostPath);

/// <summary>Finds the files that outputs name. They may lie in the output directory or be inputs; anything else is refused.</summary>
/// <param name="directories">The process's directories; null for one that has none.</param>
/// <param name="staging">Its inputs.</param>
internal sealed class OutputPlaces(ToolDirectories? directories, InputStaging staging)
{
    private const int MostLinks = 40;

    private readonly HashSet<string> _entered = [];
    private string? _realOutput;
    private string? _realInputs;

    /// <exception cref="ToilException">It lies elsewhere, or nowhere.</exception>
    public OutputPlace Find(OrderedDictionary<string, object?> item)
    {
        if (item.GetValueOrDefault("path") is string path)
        {
            return FindPath(path);
        }

        switch (item.GetValueOrDefault("location"))
        {
            case FileId:
                return new OutputPlace(Known(item), null);
            case string uri when uri.Contains("://", StringComparison.Ordinal) && !uri.StartsWith("file:", StringComparison.Ordinal):
                return new OutputPlace(Known(item), null);
            case string uri when staging.FindByLocation(uri) is { } input:
                return new OutputPlace(input.Original, null);
            case string uri:
                return FindPath(LocalFiles.TryGetPath(uri) ?? uri);
            default:
                return default;
        }
    }

    /// <summary>Follows links, also those that a container made with paths of its own.</summary>
    /// <param name="hostPath">A path in the output directory, on this machine.</param>
    public OutputPlace Resolve(string hostPath)
    {
        var path = hostPath;
        for (var links = 0; FileStatus.Of(path) is { IsLink: true }; links++)
        {
            if (links == MostLinks)
            {
                throw new ToilException($"The output '{Show(hostPath)}' is a symbolic link that leads to itself. Have the tool remove it.");
            }

            var target = new FileInfo(path).LinkTarget!;
            if (directories!.ToSeen(path) is { } seen && staging.FindOriginal(seen) is { } linked && LocalFiles.TryGetPath(linked) == target)
            {
                return new OutputPlace(linked, null);
            }

            path = target.StartsWith('/') ? directories.ToHost(target) ?? target : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, target));
        }

        var real = RealPath.Of(path) ?? throw new ToilException(path == hostPath
            ? $"The output '{Show(hostPath)}' doesn't exist. Check the path that the tool or its outputEval gives."
            : $"The output '{Show(hostPath)}' is a symbolic link that leads nowhere ({path}). Have the tool make a file, or a link inside its output directory.");
        _realOutput ??= RealPath.Of(directories!.HostOutput)!;
        if (FileNaming.IsInside(real, _realOutput))
        {
            return new OutputPlace(null, real);
        }

        _realInputs ??= RealPath.Of(directories!.HostInputs) ?? directories!.HostInputs;
        return FileNaming.IsInside(real, _realInputs) && staging.FindOriginal(directories!.Inputs + real[_realInputs.Length..]) is { } original
            ? new OutputPlace(original, null)
            : throw new ToilException($"The output '{Show(hostPath)}' lies outside of the output directory ({real}). Only files in it, and inputs, can be outputs: have the tool copy what is elsewhere.");
    }

    /// <summary>Guards against a directory that contains itself by a link.</summary>
    public IDisposable Enter(string hostPath) => _entered.Add(hostPath)
        ? new Visit(() => _entered.Remove(hostPath))
        : throw new ToilException($"The output directory '{Show(hostPath)}' contains itself by a symbolic link. Have the tool remove the link.");

    private OutputPlace FindPath(string path)
    {
        if (directories is null)
        {
            return staging.FindOriginal(path) is { } input
                ? new OutputPlace(input, null)
                : throw new ToilException($"'{path}' is none of the inputs. An expression can return its inputs, and Files with contents; it has no other files.");
        }

        var seen = Path.GetFullPath(path.StartsWith('/') ? path : $"{directories.Output}/{path}");
        if (staging.FindOriginal(seen) is { } original && !FileNaming.IsInside(seen, directories.Output))
        {
            return new OutputPlace(original, null);
        }

        return Resolve(directories.ToHost(seen) ?? (FileNaming.IsInside(seen, directories.HostOutput) ? seen : null)
            ?? throw new ToilException($"The output '{path}' lies outside of the output directory. Only files in it, and inputs, can be outputs."));
    }

    /// <summary>A file of the job store, or a remote one, with what is known of it.</summary>
    private OrderedDictionary<string, object?> Known(OrderedDictionary<string, object?> item)
    {
        if (staging.FindByLocation(item["location"]!) is { } input)
        {
            return input.Original;
        }

        var known = new OrderedDictionary<string, object?>(item);
        known.Remove("dirname");
        return known;
    }

    private string Show(string hostPath) => Path.GetRelativePath(directories!.HostOutput, hostPath);

    private sealed class Visit(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
