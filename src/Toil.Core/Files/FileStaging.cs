namespace Toil.Files;

/// <summary>How a job wants a global file on its node.</summary>
internal enum StagingKind
{
    /// <summary>To read it only.</summary>
    Shared,

    /// <summary>A symbolic link will do.</summary>
    Symlink,

    /// <summary>To change it.</summary>
    PrivateCopy,
}

/// <summary>Puts global files where a job can read them.</summary>
/// <param name="directory">The job's directory.</param>
/// <param name="watch">Finds out when the job changes what it must not.</param>
/// <param name="cache">Copies for job stores whose files can't be linked here; null for none.</param>
internal sealed class FileStaging(AttemptDirectory directory, FileWatch watch, NodeCache? cache)
{
    /// <param name="file">The global file.</param>
    /// <param name="source">Where the store has it.</param>
    /// <param name="path">Where to put it; null chooses a free name in the directory for inputs.</param>
    /// <param name="kind">How it is wanted.</param>
    /// <param name="cancellation">Stops a copy.</param>
    public async Task<string> StageAsync(FileId file, SourceFile source, string? path, StagingKind kind, CancellationToken cancellation)
    {
        if (path is not null)
        {
            var target = directory.Resolve(path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            return await TryStageAsync(file, source, target, kind, cancellation).ConfigureAwait(false) ? target : throw new ToilException(
                $"Can't read '{file.Name}' to {path}: there is something already ({target}). Remove it first, or choose another path.");
        }

        while (true)
        {
            var target = directory.NextInputPath(FileNames.Check(file.Name));
            if (await TryStageAsync(file, source, target, kind, cancellation).ConfigureAwait(false))
            {
                return target;
            }
        }
    }

    /// <returns>False when the name is taken.</returns>
    private async Task<bool> TryStageAsync(FileId file, SourceFile source, string target, StagingKind kind, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (kind == StagingKind.Symlink && !source.IsExported)
        {
            return TrySymlink(file, source, target);
        }

        var isCopy = kind == StagingKind.PrivateCopy;
        var mode = isCopy ? FileModes.Owned(file.Executable) : FileModes.Frozen(file.Executable);
        var placement = FilePlacer.TryShare(source.Path, target, mode, mayLink: !isCopy && !source.IsExported);
        var isStored = placement == FilePlacement.Linked;
        placement ??= await PlaceCopyAsync(file, source, target, kind, mode, cancellation).ConfigureAwait(false);
        if (!isCopy && placement != FilePlacement.None)
        {
            Watch(file, source, target, isStored);
        }

        return placement != FilePlacement.None;
    }

    /// <summary>The store's bytes can't be shared here; those of a copy on this node can.</summary>
    private async Task<FilePlacement> PlaceCopyAsync(
        FileId file, SourceFile source, string target, StagingKind kind, UnixFileMode mode, CancellationToken cancellation)
    {
        var modified = source.Status.ModifyNanoseconds;
        while (cache is not null)
        {
            // Nobody else has a use for a private copy, so none is made for others on the way to it.
            var isShared = kind == StagingKind.Shared;
            var copy = isShared ? await cache.FetchAsync(file, modified, cancellation).ConfigureAwait(false) : cache.Find(file, modified);
            if (copy is null)
            {
                break;
            }

            try
            {
                return await FilePlacer.PlaceAsync(copy, target, mode, isShared, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or ToilException && !File.Exists(copy))
            {
                // It was removed to make room, just now.
            }
        }

        return await FilePlacer.PlaceAsync(source.Path, target, mode, mayLink: false, cancellation).ConfigureAwait(false);
    }

    private bool TrySymlink(FileId file, SourceFile source, string target)
    {
        if (Path.Exists(target) || new FileInfo(target).LinkTarget is not null)
        {
            return false;
        }

        File.CreateSymbolicLink(target, source.Path);
        watch.AddInput(source.Path, source.Status, file.Name, isStored: true);
        return true;
    }

    /// <summary>Even a copy must not be changed: else a job would work here and fail where files are linked.</summary>
    private void Watch(FileId file, SourceFile source, string target, bool isStored)
    {
        if (isStored)
        {
            watch.AddInput(source.Path, source.Status, file.Name, isStored: true);
        }
        else if (JobStores.FileStatus.Of(target) is { } status)
        {
            watch.AddInput(target, status, file.Name, isStored: false);
        }
    }
}
