namespace Toil.JobStores;

/// <summary>Puts blobs into a directory: whole, durable, then named.</summary>
internal sealed class BlobFileWriter(string root, TemporaryFiles temporary)
{
    private const int CopyBufferSize = 1 << 20;

    public bool Put(string target, ReadOnlySpan<byte> content, BlobPutOptions options)
    {
        if (IsTaken(target, options))
        {
            return false;
        }

        try
        {
            using var draft = new BlobDraft(temporary.NewPath(), isFresh: true);
            using (var handle = BlobDraft.Create(draft.Path, options.IsExecutable))
            {
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle);
            }

            return draft.TryPublish(target, options.OnlyIfAbsent);
        }
        catch (Exception refused) when (IsFailure(refused))
        {
            throw StorageFailure.From(refused, "write", target);
        }
    }

    public async Task<bool> PutAsync(string target, Stream content, BlobPutOptions options, CancellationToken cancellationToken)
    {
        if (IsTaken(target, options))
        {
            return false;
        }

        using var draft = NewDraft(target);
        await WriteAsync(draft.Path, content, options.IsExecutable, target, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Publish(draft, target, options.OnlyIfAbsent), CancellationToken.None).ConfigureAwait(false);
    }

    public bool PutFile(string target, string localPath, FileIngest ingest, bool onlyIfAbsent)
    {
        try
        {
            var (source, isLink) = Resolve(localPath);
            var put = (isLink ? FileIngest.Copy : ingest) switch
            {
                FileIngest.Move => TryMove(source, target, onlyIfAbsent),
                FileIngest.Link => TryLink(source, target, onlyIfAbsent),
                _ => null,
            };
            var done = put ?? Copy(source, target, onlyIfAbsent);
            if (done && ingest == FileIngest.Move)
            {
                File.Delete(localPath);
            }

            return done;
        }
        catch (Exception refused) when (IsFailure(refused))
        {
            throw StorageFailure.From(refused, $"put {localPath} at", target);
        }
    }

    /// <returns>Null when the file system can't, so that it must be copied.</returns>
    private static bool? TryMove(string source, string target, bool onlyIfAbsent)
    {
        BlobDraft.Sync(source);
        return TryPublish(() => new BlobDraft(source, isFresh: false).TryPublish(target, onlyIfAbsent));
    }

    private bool? TryLink(string source, string target, bool onlyIfAbsent)
    {
        BlobDraft.Sync(source);
        using var draft = new BlobDraft(temporary.NewPath(), isFresh: false);
        return FileHandouts.TryHardLink(source, draft.Path)
            ? TryPublish(() => draft.TryPublish(target, onlyIfAbsent))
            : null;
    }

    private static bool? TryPublish(Func<bool> publish)
    {
        try
        {
            return publish();
        }
        catch (NamingException refused) when (refused.Errno is Errno.CrossDevice or Errno.NotPermitted or Errno.AccessDenied)
        {
            return null;
        }
    }

    private bool Copy(string source, string target, bool onlyIfAbsent)
    {
        using var draft = NewDraft(target);
        FileHandouts.Copy(source, draft.Path);
        BlobDraft.Sync(draft.Path);
        return draft.TryPublish(target, onlyIfAbsent);
    }

    private static bool Publish(BlobDraft draft, string target, bool onlyIfAbsent)
    {
        BlobDraft.Sync(draft.Path);
        return draft.TryPublish(target, onlyIfAbsent);
    }

    private BlobDraft NewDraft(string target)
    {
        if (!Directory.Exists(root))
        {
            throw new ToilException($"Can't write {target}: the job store {root} is gone. Was it removed while in use?");
        }

        return new BlobDraft(temporary.NewPath(), isFresh: true);
    }

    private static async Task WriteAsync(string path, Stream content, bool isExecutable, string target, CancellationToken cancellationToken)
    {
        using var handle = BlobDraft.Create(path, isExecutable);
        var buffer = GC.AllocateUninitializedArray<byte>(CopyBufferSize);
        long written = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            try
            {
                await RandomAccess.WriteAsync(handle, buffer.AsMemory(0, read), written, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException refused)
            {
                throw StorageFailure.From(refused, "write", target);
            }

            written += read;
        }
    }

    /// <summary>Follows a symbolic link to what it leads to: only that file's content may be put, never the link.</summary>
    private static (string Path, bool IsLink) Resolve(string localPath)
    {
        var status = FileStatus.Of(localPath) ?? throw new ToilException($"Can't put {localPath} into the job store: there is no such file.");
        if (status.IsRegular)
        {
            return (localPath, false);
        }

        var target = File.ResolveLinkTarget(localPath, returnFinalTarget: true)?.FullName;
        return target is not null && FileStatus.Of(target) is { IsRegular: true }
            ? (target, true)
            : throw new ToilException($"Can't put {localPath} into the job store: it isn't a regular file.");
    }

    private static bool IsTaken(string target, BlobPutOptions options) => options.OnlyIfAbsent && File.Exists(target);

    private static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
