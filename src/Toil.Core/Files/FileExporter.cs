using Toil.JobStores;

namespace Toil.Files;

/// <summary>Copies global files out. A file appears whole or not at all, and is durable then.</summary>
/// <param name="baseDirectory">Where relative paths begin.</param>
/// <param name="move">Leave only a symbolic link in the job store, to what was exported.</param>
internal sealed class FileExporter(Func<string> baseDirectory, bool move = false)
{
    /// <summary>Directories above the target are made; a file that is there is replaced; a symbolic link stays and what it leads to is replaced.</summary>
    /// <exception cref="ToilException">The target is a directory or can't be written, or its scheme isn't available.</exception>
    public async Task ExportAsync(SourceFile source, bool executable, string url, CancellationToken cancellation = default)
    {
        if (RemoteUrl.TryParse(url, out var remote))
        {
            throw new ToilException($"Can't export to {RemoteUrl.Redact(url)}: files can't be put on a server by {remote.Scheme}. Export to a path, and upload it from there.");
        }

        var target = FindTarget(LocalUrl.ToPath(url, baseDirectory), url);
        if (source.Path == target)
        {
            // It was moved there before.
            return;
        }

        // Whoever reads it now has it under another name, and must not see it change.
        var isMove = move && !source.IsExported && source.Status.Links == 1;
        var directory = Path.GetDirectoryName(target)!;
        var draft = Path.Combine(directory, $".toil-{Guid.NewGuid():N}.part");
        try
        {
            Directory.CreateDirectory(directory);
            await Task.Run(() => Write(source.Path, draft, executable, isMove, cancellation), cancellation).ConfigureAwait(false);
            await SyncThreads.Run(() => Publish(draft, target)).ConfigureAwait(false);
            if (isMove)
            {
                // From here on there are two names, or two files: killed at any point, the content is in both places or the store leads to it.
                FileDepot.ReplaceByLink(source, target);
                FileModes.Set(target, FileModes.Owned(executable));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "export to", target);
        }
        finally
        {
            Discard(draft);
        }
    }

    private static string FindTarget(string path, string url)
    {
        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target) || url.EndsWith('/'))
        {
            throw new ToilException($"Can't export to {url}: {target} is a directory. Give the path of a file in it.");
        }

        // To replace a device or a pipe by a file would break whoever uses it.
        return FileStatus.Of(target) is null or { IsRegular: true }
            ? target
            : throw new ToilException($"Can't export to {url}: {target} is no regular file. Give another path.");
    }

    /// <summary>The user may change what was exported, so it is never a hard link of the store's file, unless that one goes.</summary>
    private static void Write(string source, string draft, bool executable, bool isMove, CancellationToken cancellation)
    {
        if (isMove && NativeFiles.Link(source, draft) == 0)
        {
            return;
        }

        using var made = FileCopy.TryCreate(draft, FileModes.Ordinary(executable)) ?? throw new IOException($"{draft} is there already.");
        using var from = FileCopy.OpenSource(source);
        if (NativeFiles.IoControl(made.SafeFileHandle, NativeFiles.CloneFile, from.DangerousGetHandle()) != 0)
        {
            FileCopy.CopyContent(source, made.SafeFileHandle, cancellation);
        }
    }

    private static void Publish(string draft, string target)
    {
        DiskSync.Instance.SyncFile(draft);
        File.Move(draft, target, overwrite: true);
        DiskSync.Instance.SyncDirectory(Path.GetDirectoryName(target)!);
    }

    private static void Discard(string draft)
    {
        if (File.Exists(draft))
        {
            File.Delete(draft);
        }
    }
}
