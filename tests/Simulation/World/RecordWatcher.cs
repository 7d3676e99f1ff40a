using Toil.Jobs;
using Toil.Leader;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>Tells the reference what each journal record says.</summary>
internal sealed class RecordWatcher(SimulatedWorld world)
{
    /// <summary>Jobs that failed for good, in the leader's session that said so.</summary>
    public event Action<FailureRecord>? Failed;

    public void Applied(byte[] record)
    {
        world.Applied.Add(record);
        var reader = new ByteReader(record);
        switch ((RecordKind)reader.ReadByte())
        {
            case RecordKind.Commit:
                OnCommit(CommitHeader.ReadFrom(ref reader), record, reader.Position);
                break;
            case RecordKind.Failed:
                OnFailed(FailureRecord.ReadFrom(ref reader));
                break;
            case RecordKind.Resumed:
                world.Model.Resume();
                break;
            case RecordKind.FilesDeleted:
                world.DeletesDone.Add(reader.ReadVarint());
                break;
            case RecordKind.CodeReplaced:
                OnCodeReplaced(ref reader);
                break;
        }
    }

    private void OnCommit(CommitHeader header, byte[] record, int bodyStart)
    {
        var names = new NameCollector(record, bodyStart);
        CommitReader.Read(record.AsSpan(bodyStart), names);
        for (var i = 0; i < names.Found.Count; i++)
        {
            Invariant.Holds(world.Names.TryAdd(header.FirstNumber + i, names.Found[i]), $"Job number {header.FirstNumber + i} was given twice.");
        }

        if (header.Attempt.Job == Reactor.WorkflowJob)
        {
            world.Model.Start();
        }
        else
        {
            var job = world.Model[world.Names[header.Attempt.Job]];
            world.Model.Commit(job, header.Attempt);
            world.DeletedFiles.UnionWith(job.Deleted.Select(file => file.Name));
        }
    }

    private void OnFailed(FailureRecord failure)
    {
        var job = world.Model[failure.JobName];
        Invariant.Holds(world.Names[failure.Attempt.Job] == job.Id, $"The failure of {job.Id} names another job.");
        Invariant.Holds(job is { WasReleased: true, IsCommitted: false, IsFailed: false }, $"{job.Id} failed, but wasn't running.");
        job.IsFailed = true;
        Failed?.Invoke(failure);
    }

    private void OnCodeReplaced(ref ByteReader reader)
    {
        JobDefinition.ReadId(ref reader);
        var code = Code.ReadFrom(ref reader);
        world.Versions[code.Identity[^1] - '0'] = ScriptWorker.VersionOf(code);
    }

    private sealed class NameCollector(byte[] record, int bodyStart) : ICommitVisitor
    {
        public List<string> Found { get; } = [];

        public void OnValue(int offset, int length, Hole[] holes)
        {
        }

        public void OnCode(int offset, int length, Code code)
        {
        }

        public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] argumentHoles)
        {
            var reader = new ByteReader(record.AsSpan(bodyStart + offset, length));
            Found.Add(JobDefinition.ReadFrom(ref reader).Name);
        }

        public void OnEdge(Edge edge)
        {
        }

        public void OnCleanup(string fileKey) { }

        public void OnDelete(string fileKey)
        {
        }

        public void OnEnd()
        {
        }
    }
}
