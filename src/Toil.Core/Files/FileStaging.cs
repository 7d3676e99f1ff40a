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
internal sealed class FileStaging(AttemptDirectory directory, FileWatch watch)
{
    /// <param name="file">The global file.</param>
    /// <param name="source">Where the store has it.</param>
    /// <param name="path">Where to put it; null chooses a free name in the attempt's directory.</param>
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
            var target = directory.NextPathFor(FileNames.Check(file.Name));
            if (await TryStageAsync(file, source, target, kind, cancellation).ConfigureAwait(false))
            {
                return target;
            }
        }
    }

    /// <returns>False when the name is taken.</returns>
    private async Task<bool> TryStageAsync(FileId file, SourceFile source, string target, StagingKind kind, CancellationToken cancellation)
    {
        if (kind == StagingKind.Symlink)
        {
            return TrySymlink(file, source, target);
        }

        var isCopy = kind == StagingKind.PrivateCopy;
        var mode = isCopy ? FileModes.Owned(file.Executable) : FileModes.Frozen(file.Executable);
        var placement = await FilePlacer.PlaceAsync(source.Path, target, mode, mayLink: !isCopy, cancellation).ConfigureAwait(false);
        if (!isCopy)
        {
            Watch(file, source, target, placement);
        }

        return placement != FilePlacement.None;
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
    private void Watch(FileId file, SourceFile source, string target, FilePlacement placement)
    {
        if (placement == FilePlacement.Linked)
        {
            watch.AddInput(source.Path, source.Status, file.Name, isStored: true);
        }
        else if (placement == FilePlacement.Private && JobStores.FileStatus.Of(target) is { } status)
        {
            watch.AddInput(target, status, file.Name, isStored: false);
        }
    }
}
