using System.Collections.Concurrent;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>Gives files of a job store that is about to be removed to its user, without copying them.</summary>
internal sealed class FileHandOver
{
    private readonly ConcurrentDictionary<string, bool> _given = [];

    /// <summary>Links a file to where its user wants it, unless others could see it change there.</summary>
    /// <returns>False when it has to be copied: somebody else has it too, or it is on another file system.</returns>
    public bool TryLink(SourceFile source, bool executable, string target)
    {
        if (source.IsExported || source.Status.Links != 1 || FileStatus.Of(target) is { IsRegular: false } || !_given.TryAdd(source.Path, true))
        {
            return false;
        }

        File.Delete(target);
        if (NativeFiles.Link(source.Path, target) != 0)
        {
            return false;
        }

        FileModes.Set(target, FileModes.Owned(executable));
        return true;
    }
}
