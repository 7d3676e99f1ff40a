using Toil.Jobs;
using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    /// <summary>
    /// The state as records: a row for each live job, then the rest. Payloads aren't copied, since older segments
    /// stay readable. Attempts that run are written as ready: whoever reads this is another leader.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> Snapshot()
    {
        var writer = new ByteWriter();
        foreach (var job in _jobs.Numbers())
        {
            writer.Clear();
            WriteRow(writer, job, _jobs[job]);
            yield return writer.Written;
        }

        writer.Clear();
        WriteHead(writer);
        yield return writer.Written;
    }

    private void WriteRow(ByteWriter writer, long job, in JobRow row)
    {
        writer.WriteByte((byte)RecordKind.SnapshotRow);
        writer.WriteVarint(job);
        writer.WriteByte((byte)DurableStateOf(job, row));
        writer.WriteByte(row.DurableFlags);
        writer.WriteVarint(row.Checkpoint);
        writer.WriteVarint(row.Request);
        writer.WriteVarint(row.Predecessors);
        writer.WriteVarint(row.Pending);
        WriteLocation(writer, row.Definition);
        WriteLocation(writer, row.Value);
    }

    /// <summary>What the journal's records make of a job's state: a service is up until one says otherwise, whatever has become of its attempt.</summary>
    private JobState DurableStateOf(long job, in JobRow row)
    {
        var isUp = row is { IsService: true, State: not JobState.Failed } && _owners.TryGetValue(job, out var owner) && _groups[owner].Up.Contains(job);
        var awaits = row is { State: JobState.Waiting, Predecessors: 0 };
        return isUp ? JobState.Up : row.State is JobState.Running or JobState.Committing || awaits ? JobState.Ready : row.State;
    }

    private void RestoreRow(ref ByteReader reader)
    {
        ref var row = ref _jobs.Add(reader.ReadVarint());
        row.State = (JobState)reader.ReadByte();
        row.DurableFlags = reader.ReadByte();
        row.Checkpoint = (int)reader.ReadVarint();
        row.Request = (int)reader.ReadVarint();
        row.Predecessors = (int)reader.ReadVarint();
        row.Pending = (int)reader.ReadVarint();
        row.Definition = ReadLocation(ref reader);
        row.Value = ReadLocation(ref reader);
        Counts.Ready += row.State == JobState.Ready ? 1 : 0;
        Counts.Failed += row.State == JobState.Failed ? 1 : 0;
        Counts.Running += row.State == JobState.Up ? 1 : 0;
        _up += row.State == JobState.Up ? 1 : 0;
    }

    private void WriteHead(ByteWriter writer)
    {
        writer.WriteByte((byte)RecordKind.SnapshotHead);
        writer.WriteVarint(_epoch);
        writer.WriteVarint(_nextNumber);
        writer.WriteVarint(Counts.Total);
        writer.WriteVarint(Counts.Done);
        WriteAll(writer, _requests, (to, request) => request.WriteTo(to));
        WriteAll(writer, _codes, (to, code) =>
        {
            JobDefinition.WriteId(to, code.Key);
            WriteLocation(to, code.Value);
        });
        WriteAll(writer, _replacedCodes, (to, code) =>
        {
            JobDefinition.WriteId(to, code.Key);
            JobDefinition.WriteId(to, code.Value);
        });
        WriteAll(writer, [.. _failures.OrderBy(failure => failure.Key)], (to, failure) =>
        {
            to.WriteVarint(failure.Key);
            WriteLocation(to, failure.Value);
        });
        writer.WriteVarint(_deletionsMade);
        WriteAll(writer, _deletions, (to, deletion) =>
        {
            to.WriteVarint(deletion.Key);
            deletion.Value.WriteTo(to);
        });
        WriteAll(writer, [.. _cleanups.OrderBy(cleanup => cleanup.Key)], (to, cleanup) =>
        {
            to.WriteVarint(cleanup.Key);
            WriteAll(to, cleanup.Value, (inner, key) => inner.WriteString(key));
        });
        _ownedFiles.WriteTo(writer);
        writer.WriteVarint(_checkpointsMade);
        WriteAll(writer, [.. _checkpoints.OrderBy(checkpoint => checkpoint.Key)], (to, checkpoint) => checkpoint.Value.WriteTo(to));
        WriteAll(writer, [.. _submissions.OrderBy(submitted => submitted.Key).SelectMany(submitted => submitted.Value)], (to, submission) => submission.WriteTo(to));
        WriteAll(writer, [.. _jobs.Numbers().SelectMany(LinksFrom)], (to, link) =>
        {
            to.WriteVarint(link.From);
            to.WriteVarint(link.To);
            to.WriteByte((byte)link.Kind);
        });
    }

    private void RestoreHead(ref ByteReader reader)
    {
        HasStarted = true;
        _epoch = (int)reader.ReadVarint();
        _nextNumber = reader.ReadVarint();
        _jobs.SkipTo(_nextNumber);
        Counts.Total = reader.ReadVarint();
        Counts.Done = reader.ReadVarint();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            Intern(ResourceRequest.ReadFrom(ref reader));
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            _codes[JobDefinition.ReadId(ref reader)] = ReadLocation(ref reader);
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            _replacedCodes[JobDefinition.ReadId(ref reader)] = JobDefinition.ReadId(ref reader);
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            _failures[reader.ReadVarint()] = ReadLocation(ref reader);
        }

        RestoreFiles(ref reader);
        _ownedFiles.ReadFrom(ref reader);
        RestoreCheckpoints(ref reader);
        RestoreSubmissions(ref reader);
        RestoreLinks(ref reader);
        RestoreGroups();
    }

    private void RestoreFiles(ref ByteReader reader)
    {
        _deletionsMade = reader.ReadVarint();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            _deletions[reader.ReadVarint()] = Deletion.ReadFrom(ref reader);
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var keys = _cleanups[reader.ReadVarint()] = [];
            for (var files = reader.ReadCount(); files > 0; files--)
            {
                keys.Add(reader.ReadString());
            }
        }
    }

    private void RestoreCheckpoints(ref ByteReader reader)
    {
        _checkpointsMade = (int)reader.ReadVarint();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var checkpoint = Checkpoint.ReadFrom(ref reader);
            _checkpoints[checkpoint.Id] = checkpoint;
            _checkpointOf[checkpoint.Job] = checkpoint.Id;
        }
    }

    private void RestoreSubmissions(ref ByteReader reader)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            AddSubmission(Submission.ReadFrom(ref reader));
        }
    }

    private void RestoreLinks(ref ByteReader reader)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var from = reader.ReadVarint();
            var to = reader.ReadVarint();
            var kind = (LinkKind)reader.ReadByte();
            if (kind is LinkKind.Argument or LinkKind.Value)
            {
                AddReader(from, to, kind);
            }
            else
            {
                _links.Add(from, to, kind, ref _jobs[from].FirstOut, ref _jobs[to].FirstIn);
            }
        }
    }

    /// <summary>A job's links, the first declared first: restoring them one by one builds the same list again.</summary>
    private IEnumerable<EdgePool.Link> LinksFrom(long job)
    {
        var links = new Stack<EdgePool.Link>();
        for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
        {
            // A complete successor has told this job already, and may be gone.
            if (_links[index].Kind is LinkKind.Argument or LinkKind.Value
                || (_jobs.Contains(_links[index].To) && _jobs[_links[index].To].State != JobState.Complete))
            {
                links.Push(_links[index]);
            }
        }

        return links;
    }

    private static void WriteAll<T>(ByteWriter writer, IReadOnlyCollection<T> items, Action<ByteWriter, T> write)
    {
        writer.WriteUnsigned((ulong)items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private static void WriteLocation(ByteWriter writer, RecordLocation location)
    {
        writer.WriteVarint(location.Segment);
        writer.WriteVarint(location.Offset);
        writer.WriteVarint(location.Length);
    }

    private static RecordLocation ReadLocation(ref ByteReader reader) =>
        new((int)reader.ReadVarint(), reader.ReadVarint(), (int)reader.ReadVarint());
}
