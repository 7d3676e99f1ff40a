using Toil.Journaling;

namespace Toil.Leader;

/// <summary>The journal in this leader's hands: replayed into a reactor, then taken over.</summary>
internal sealed class JournalSession : IAsyncDisposable
{
    /// <summary>A replay longer than this and than what is live is worth a snapshot.</summary>
    private const int SnapshotWorth = 20_000;

    private readonly JournalReader _reader;

    private JournalSession(JournalReader reader, Reactor reactor, JournalWriter writer) => (_reader, Reactor, Writer) = (reader, reactor, writer);

    public Reactor Reactor { get; }

    public JournalWriter Writer { get; }

    /// <summary>Replays and takes over.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="options">For the reactor.</param>
    /// <param name="acceptLoss">Go on up to the first damage.</param>
    /// <param name="cancellation">Stops a snapshot that is being written.</param>
    /// <exception cref="JournalDamagedException">Something is gone that was durable.</exception>
    /// <exception cref="JournalFencedException">Another leader was faster.</exception>
    public static async Task<JournalSession> OpenAsync(IJournalFiles files, ReactorOptions options, bool acceptLoss, CancellationToken cancellation)
    {
        var reader = new JournalReader(files);
        var payloads = new JournalPayloads(reader.Read);
        var reactor = new Reactor(options, payloads);
        var replay = reader.Replay((at, record) => reactor.Apply(record, at), acceptLoss: acceptLoss);
        var writer = JournalWriter.TakeOver(files, replay.End);
        payloads.Source = writer.Read;
        var session = new JournalSession(reader, reactor, writer);
        if (reactor.HasStarted)
        {
            await session.ResumeAsync(replay.Visited, cancellation).ConfigureAwait(false);
        }

        return session;
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await Writer.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ResumeAsync(long visited, CancellationToken cancellation)
    {
        var record = Reactor.ResumedRecord(Writer.Epoch, DateTimeOffset.UtcNow);
        var at = Writer.Append(record);
        cancellation.ThrowIfCancellationRequested();
        Writer.Flush();
        Reactor.Apply(record, at);
        if (visited > SnapshotWorth + (2L * Reactor.LiveJobs))
        {
            using var snapshot = Writer.BeginSnapshot();
            foreach (var row in Reactor.Snapshot())
            {
                snapshot.Append(row.Span);
            }

            await snapshot.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }
}
