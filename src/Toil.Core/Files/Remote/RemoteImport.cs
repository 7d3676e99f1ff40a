using System.Globalization;

namespace Toil.Files;

/// <summary>How patiently files are fetched from other machines.</summary>
internal sealed record RemoteImportOptions
{
    /// <summary>How long a server may send nothing.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries one after the other that bring nothing new, before the import has failed.</summary>
    public int MostTries { get; init; } = 5;

    /// <summary>The pause after the first of them; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two messages on how far it has come.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Streams one file from another machine into the job store. A connection that is cut is made again, and goes on where it was.</summary>
/// <param name="source">The file.</param>
/// <param name="shown">The URL, without a password.</param>
/// <param name="openTarget">Opens a new global file.</param>
/// <param name="log">Hears of tries that failed, and of how far it has come.</param>
/// <param name="options">How patient to be.</param>
internal sealed class RemoteImport(
    IRemoteSource source, string shown, Func<Task<ShelfStream>> openTarget, Action<LogLevel, string> log, RemoteImportOptions options) : IDisposable
{
    private const int BufferSize = 1 << 18;

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private ShelfStream? _target;
    private RemoteChecksums _checksums = new();
    private long _received;
    private long? _length;
    private string? _version;
    private bool _wasWrong;
    private long _reported;

    /// <exception cref="ToilException">It can't be had, or not written.</exception>
    public async Task<FileId> RunAsync(CancellationToken cancellation)
    {
        _reported = _time.GetTimestamp();
        await FetchAsync(cancellation).ConfigureAwait(false);
        await _target!.DisposeAsync().ConfigureAwait(false);
        return _target.FileId;
    }

    /// <summary>Removes what there is of a file that isn't complete.</summary>
    public void Dispose()
    {
        _target?.Discard();
        _checksums.Dispose();
    }

    private async Task FetchAsync(CancellationToken cancellation)
    {
        var most = 0L;
        var pause = options.FirstPause;
        for (var tries = 1; ; tries++)
        {
            if (await TryAsync(cancellation).ConfigureAwait(false) is not { } failure)
            {
                return;
            }

            if (_received > most)
            {
                (most, tries, pause) = (_received, 1, options.FirstPause);
            }

            if (failure.IsLasting || tries >= options.MostTries)
            {
                var after = failure.IsLasting ? "" : string.Create(CultureInfo.InvariantCulture, $" It was tried {tries} times.");
                throw new ToilException($"Can't import {shown}: {failure.Message}{after}", failure);
            }

            var wait = failure.RetryAfter is { } asked && asked < options.LongestPause ? asked : pause;
            log(LogLevel.Warning, string.Create(CultureInfo.InvariantCulture,
                $"Import of {shown}: {failure.Message} {Progress()}; trying again in {wait.TotalSeconds:0.#} s."));
            await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
            pause = pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause;
        }
    }

    /// <returns>Why it isn't complete; null when it is.</returns>
    private async Task<RemoteException?> TryAsync(CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            stall.CancelAfter(options.StallTimeout);
            await using var content = await source.OpenAsync(_received, _version, stall.Token).ConfigureAwait(false);
            await BeginAsync(content).ConfigureAwait(false);
            await CopyAsync(content.Stream, stall).ConfigureAwait(false);
            Check();
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RemoteException($"the server has sent nothing for {options.StallTimeout.TotalSeconds:0.#} s.", isLasting: false);
        }
        catch (RemoteException failure)
        {
            return failure;
        }
        catch (IOException cut)
        {
            return new RemoteException($"the connection was cut ({cut.Message.TrimEnd('.')}).", isLasting: false, cut);
        }
    }

    /// <summary>Takes up where it was, or starts afresh when the server doesn't go on from there.</summary>
    private async Task BeginAsync(RemoteContent content)
    {
        if (content.Offset != 0 && (content.Offset != _received || content.Length != _length))
        {
            Forget();
            throw new RemoteException("the server sent another part of the file than it was asked for.", isLasting: false);
        }

        if (content.Offset == 0)
        {
            Forget();
            _target = await openTarget().ConfigureAwait(false);
            (_length, _checksums) = (content.Length, content.Checksums);
        }

        _version = content.Version;
    }

    /// <summary>Drops what has come so far.</summary>
    private void Forget()
    {
        _target?.Discard();
        _checksums.Dispose();
        (_target, _checksums, _received, _version) = (null, new RemoteChecksums(), 0, null);
    }

    private async Task CopyAsync(Stream content, CancellationTokenSource stall)
    {
        int read;
        while ((read = await content.ReadAsync(_buffer, stall.Token).ConfigureAwait(false)) > 0)
        {
            stall.CancelAfter(Timeout.InfiniteTimeSpan);
            await _target!.WriteAsync(_buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
            _checksums.Append(_buffer.AsSpan(0, read));
            _received += read;
            Report();
            stall.CancelAfter(options.StallTimeout);
        }
    }

    private void Check()
    {
        if (_received < _length)
        {
            throw new RemoteException("the connection was cut.", isLasting: false);
        }

        var fault = _received > _length ? "the server sent more bytes than it said" : _checksums.FindFault();
        if (fault is not null)
        {
            // Bytes go wrong on the way now and then; twice, the server itself is wrong.
            var isLasting = _wasWrong;
            _wasWrong = true;
            Forget();
            throw new RemoteException($"what came isn't what the server has: {fault}.", isLasting);
        }
    }

    private void Report()
    {
        if (_time.GetElapsedTime(_reported) >= options.ReportInterval)
        {
            _reported = _time.GetTimestamp();
            log(LogLevel.Info, $"Import of {shown}: {Progress()}.");
        }
    }

    private string Progress() => _length is { } length ? $"{new ByteSize(_received)} of {new ByteSize(length)} are there" : $"{new ByteSize(_received)} are there";
}
