using Toil.Agents;
using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    private readonly Dictionary<long, ServiceGroup> _groups = [];
    private readonly Dictionary<long, long> _owners = [];
    private readonly ServiceQueue _serviceQueue;

    /// <summary>Services whose start is on its way to the journal: from there on they count as started.</summary>
    private readonly HashSet<long> _starting = [];

    /// <summary>A service has started: its value becomes durable, then those who wait for it go on.</summary>
    public void Started(AttemptId attempt, EncodedValue value)
    {
        // One that is being stopped doesn't count as started any more: its attempt may end before the record is durable.
        if (CurrentAttempt(attempt.Job) == attempt && _jobs[attempt.Job] is { IsService: true, State: JobState.Running }
            && !_groups[_owners[attempt.Job]].IsStopping && _starting.Add(attempt.Job))
        {
            Append(ServiceStartedRecord(attempt, value));
        }
    }

    private static byte[] ServiceStartedRecord(AttemptId attempt, EncodedValue value)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)RecordKind.ServiceStarted);
        attempt.WriteTo(writer);
        value.WriteTo(writer);
        return writer.ToArray();
    }

    private static byte[] JobRecord(RecordKind kind, long job)
    {
        var writer = new ByteWriter(16);
        writer.WriteByte((byte)kind);
        writer.WriteVarint(job);
        return writer.ToArray();
    }

    /// <summary>A step that no attempt stands for: until it is applied, the run isn't over.</summary>
    private void AppendStep(RecordKind kind, long job)
    {
        _outstanding++;
        Append(JobRecord(kind, job));
    }

    /// <summary>A job's run is committed: its services come first, if it has any.</summary>
    private void BeginServices(long job)
    {
        if (FindServices(job) is { } group)
        {
            AddGroup(group);
            _jobs[job].State = JobState.Services;
            ReleaseServices(job);
            if (_live && _jobs[job].IsDoomed)
            {
                group.IsFailed = true;
                StopServices(group);
            }
        }
        else
        {
            BeginChildren(job);
        }
    }

    /// <summary>Everything after the owner is complete.</summary>
    private void BeginStopping(ServiceGroup group)
    {
        _jobs[group.Owner].State = JobState.Stopping;
        if (_live)
        {
            StopServices(group);
        }
    }

    private ServiceGroup? FindServices(long owner)
    {
        List<long>? services = null;
        for (var (parent, next) = (owner, 0); ; parent = services[next++])
        {
            for (var index = _jobs[parent].FirstOut; index >= 0; index = _links[index].NextOut)
            {
                if (_links[index].Kind == LinkKind.Service)
                {
                    (services ??= []).Add(_links[index].To);
                }
            }

            if (services is null || next == services.Count)
            {
                return services is null ? null : new ServiceGroup(owner, services);
            }
        }
    }

    private void AddGroup(ServiceGroup group)
    {
        _groups[group.Owner] = group;
        foreach (var service in group.Services)
        {
            _owners[service] = group.Owner;
        }
    }

    /// <summary>Releases the services of a job, or the sub-services of a service.</summary>
    private void ReleaseServices(long job)
    {
        for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
        {
            if (_links[index].Kind == LinkKind.Service)
            {
                Release(_links[index].To);
            }
        }
    }

    private void ApplyServiceStarted(ref ByteReader reader, RecordLocation at)
    {
        var service = AttemptId.ReadFrom(ref reader).Job;
        _starting.Remove(service);
        if (!_owners.TryGetValue(service, out var owner) || _jobs[service].State >= JobState.Services)
        {
            return;
        }

        // One that has ended since, or whose death is on its way to the journal, is never told to stop: nobody would answer.
        ref var row = ref _jobs[service];
        if (!_live || row.State == JobState.Running)
        {
            Leave(ref row);
            row.State = JobState.Up;
            Counts.Running++;
            _up++;
        }

        row.Value = at.Slice(reader.Position, at.Length - reader.Position);
        if (_ownedFiles.Any)
        {
            _ownedFiles.Keep(ValueFiles.In(EncodedValue.ReadFrom(ref reader)));
        }

        row.HoldsValue = row.Readers > 0;
        _largeValues.Remove(service);
        var group = _groups[owner];
        group.Up.Add(service);
        ReleaseServices(service);
        if (group.IsUp)
        {
            ServicesAreUp(group);
        }

        WakeWaiters(service);
    }

    private void ServicesAreUp(ServiceGroup group)
    {
        if (_jobs[group.Owner].State == JobState.Services)
        {
            BeginChildren(group.Owner);
        }
        else
        {
            LiftHold(group.Owner);
        }
    }

    /// <summary>A service may start, unless its group is being stopped or too many run.</summary>
    private void OfferService(long service)
    {
        if (!_groups[_owners[service]].IsStopping && _serviceQueue.TryEnter(service, RequirementsOf(service).Preemptible))
        {
            Issue(service);
        }
    }

    /// <summary>A service has left its place: those that waited for one may start.</summary>
    private void OfferPlaceOf(long service)
    {
        _serviceQueue.Leave(service);
        while (_serviceQueue.TryTake(out var next))
        {
            if (WantsPlace(next))
            {
                OfferService(next);
            }
        }
    }

    private bool WantsPlace(long service) =>
        _jobs.Contains(service) && _jobs[service] is { IsService: true, State: JobState.Ready, Attempt: 0, IsDoomed: false, IsHeld: false } && !_groups[_owners[service]].IsStopping;

    /// <summary>A new leader: services of unfinished jobs start anew, since the old ones have ended with their leader.</summary>
    private void ResetServices()
    {
        foreach (var group in _groups.Values)
        {
            group.Up.Clear();
            group.HasFailure = false;
            foreach (var service in group.Services)
            {
                ref var row = ref _jobs[service];
                Leave(ref row);
                row.Predecessors = 1;
                row.State = JobState.Waiting;
                _submissions.Remove(service);
            }

            if (_jobs[group.Owner].State != JobState.Stopping)
            {
                ReleaseServices(group.Owner);
            }
        }
    }

    /// <summary>After a snapshot: the groups are found again by their links.</summary>
    private void RestoreGroups()
    {
        foreach (var job in _jobs.Numbers())
        {
            if (_jobs[job].State is >= JobState.Services and <= JobState.Stopping && FindServices(job) is { } group)
            {
                AddGroup(group);
                group.Up.UnionWith(group.Services.Where(service => _jobs[service].State == JobState.Up));
            }
        }
    }

    /// <summary>Successors of jobs whose services start anew wait for them; what is left of jobs that only had to stop theirs is complete.</summary>
    private void BeginGroups()
    {
        foreach (var group in _groups.Values)
        {
            if (_jobs[group.Owner].State == JobState.Stopping)
            {
                StopServices(group);
            }
            else if (_jobs[group.Owner].State != JobState.Services)
            {
                Hold(group.Owner);
            }
        }
    }
}
