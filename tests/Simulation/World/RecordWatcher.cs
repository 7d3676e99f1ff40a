using Toil.Agents;
using Toil.Jobs;
using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>Tells the reference what each journal record says.</summary>
internal sealed class RecordWatcher(SimulatedWorld world, SessionWatcher session)
{
    public void Applied(byte[] record)
    {
        world.Applied.Add(record);
        var reader = new ByteReader(record);
        world.Trace?.Invoke($"  durable: {(RecordKind)record[0]} {Subject(record)}");
        switch ((RecordKind)reader.ReadByte())
        {
            case RecordKind.Commit:
                OnCommit(CommitHeader.ReadFrom(ref reader), record, reader.Position);
                break;
            case RecordKind.Failed:
                OnFailed(FailureRecord.ReadFrom(ref reader));
                break;
            case RecordKind.Resumed:
                world.Model.RerunsOnResume().ForEach(Rerun);
                world.Model.Resume();
                break;
            case RecordKind.ServiceStarted:
                OnServiceStarted(AttemptId.ReadFrom(ref reader));
                break;
            case RecordKind.ServicesStopped:
                world.Model.StopServices(JobOf(reader.ReadVarint()));
                break;
            case RecordKind.CheckpointRerun:
                OnRerun(JobOf(reader.ReadVarint()));
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
            world.Model.Commit(JobOf(header.Attempt.Job), header.Attempt);
        }

        for (var i = 0; i < names.Found.Count; i++)
        {
            world.Model[names.Found[i]].Number = header.FirstNumber + i;
        }
    }

    private void OnServiceStarted(AttemptId attempt)
    {
        var service = JobOf(attempt.Job);
        Invariant.Holds(session.IsReplaying || session.IsCancelled || session.IsCurrent(attempt) || session.IsStopping(ReferenceModel.OwnerOf(service)), $"{service.Id} counts as started by {attempt}, which has ended.");
        world.Model.StartService(service);
    }

    private void OnRerun(ModelJob checkpoint)
    {
        session.Rerunning(checkpoint);
        Rerun(checkpoint);
    }

    private void Rerun(ModelJob checkpoint)
    {
        // One that another rerun has undone is gone already.
        if (world.Model.Find(checkpoint.Id) == checkpoint)
        {
            world.UndoneAttempts.Add(checkpoint.Attempt);
            var undone = world.Model.Rerun(checkpoint);
            world.UndoneJobs.UnionWith(undone.Select(job => job.Number));
            session.Forget(undone);
        }
    }

    private string? Subject(byte[] record)
    {
        var reader = new ByteReader(record);
        return reader.ReadByte() == (byte)RecordKind.CodeReplaced ? null : world.Names.GetValueOrDefault(reader.ReadVarint());
    }

    private ModelJob JobOf(long number) => world.Model[world.Names[number]];

    private void OnFailed(FailureRecord failure)
    {
        var job = world.Model[failure.JobName];
        Invariant.Holds(world.Names[failure.Attempt.Job] == job.Id, $"The failure of {job.Id} names another job.");
        Invariant.Holds(job is { WasReleased: true, IsFailed: false } && (!job.IsCommitted || job.Made.IsService), $"{job.Id} failed, but wasn't running.");
        session.Failed(failure);
        job.IsFailed = true;
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
