using Toil.Jobs;
using Toil.Values;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    private readonly Stack<long> _dropping = new();
    private readonly LargeValues _largeValues = new();

    public EncodedValue? ValueOf(long producer)
    {
        if (!_jobs.Contains(producer) || !_jobs[producer].HoldsValue || !HasRun(producer))
        {
            return null;
        }

        if (_largeValues.Find(producer) is { } known)
        {
            return known;
        }

        var payload = _payloads.Read(_jobs[producer].Value);
        var reader = new ByteReader(payload.Span);
        var holes = EncodedValue.ReadHoles(ref reader);
        var length = reader.ReadCount();
        var value = new EncodedValue(payload.Slice(reader.Position, length), holes);
        return length < LargeValues.Threshold ? value : _largeValues.Add(producer, value);
    }

    /// <summary>Whether a job's value is known; that of a service stays known to those who have it, however the service ends.</summary>
    private bool HasRun(long job) =>
        _jobs[job].State is >= JobState.Services and not JobState.Failed || (_owners.TryGetValue(job, out var owner) && _groups[owner].Up.Contains(job));

    /// <summary>Whether a job's value is, or will be, there for a new reader.</summary>
    private bool IsKept(long job) => _jobs.Contains(job) && (_jobs[job].HoldsValue || !IsKnown(job));

    private bool IsKnown(long job) => HasRun(job) && _jobs[job].State != JobState.Failed;

    private JobDefinition DefinitionOf(long job)
    {
        var reader = new ByteReader(_payloads.Read(_jobs[job].Definition).Span);
        return JobDefinition.ReadFrom(ref reader);
    }

    private string NameOf(long job) => DefinitionOf(job).Name;

    private void AddReader(long reader, long producer, LinkKind kind)
    {
        _links.AddOutgoing(reader, producer, kind, ref _jobs[reader].FirstOut);
        _jobs[producer].Readers++;
    }

    /// <summary>A job's run is committed: it reads its arguments no more.</summary>
    private void ReleaseArguments(long job)
    {
        ReleaseReaders(job, LinkKind.Argument);
        _ownedFiles.RemoveArguments(job);
        DropUnreadValues();
        if (_jobs[job] is { Readers: 0, HoldsValue: false } && job != WorkflowJob)
        {
            _jobs[job].Value = default;
        }
    }

    private void ReleaseReaders(long job, LinkKind kind)
    {
        ref var row = ref _jobs[job];
        var kept = -1;
        for (int index = row.FirstOut, next; index >= 0; index = next)
        {
            next = _links[index].NextOut;
            if (_links[index].Kind == kind)
            {
                var producer = _links[index].To;
                _links.Free(index);
                LoseReader(producer);
            }
            else
            {
                _links.Relink(index, kept);
                kept = index;
            }
        }

        row.FirstOut = Reverse(kept);
    }

    private void LoseReader(long producer)
    {
        if (_jobs.Contains(producer) && --_jobs[producer].Readers == 0)
        {
            _dropping.Push(producer);
        }
    }

    /// <summary>Restores the order of a list that was rebuilt back to front.</summary>
    private int Reverse(int first)
    {
        var reversed = -1;
        for (int index = first, next; index >= 0; index = next)
        {
            next = _links[index].NextOut;
            _links.Relink(index, reversed);
            reversed = index;
        }

        return reversed;
    }

    /// <summary>Drops values that nobody reads any more, and with them the readers that they were.</summary>
    private void DropUnreadValues()
    {
        while (_dropping.TryPop(out var producer))
        {
            if (producer == WorkflowJob || !_jobs.Contains(producer) || _jobs[producer] is { Readers: > 0 } or { HoldsValue: false })
            {
                continue;
            }

            ref var row = ref _jobs[producer];
            row.HoldsValue = false;
            row.Value = default;
            _largeValues.Remove(producer);
            _ownedFiles.RemoveValue(producer);
            ReleaseReaders(producer, LinkKind.Value);
            ForgetIfUnneeded(producer);
        }
    }

    /// <summary>Whether all that a job's promises lead to is known: it never waits for more and never runs with a hole.</summary>
    private ErrorInfo? CheckArguments(JobDefinition definition)
    {
        var error = new ValueResolver(this).Resolve(definition.Arguments, out _);
        return error is null
            ? null
            : new ErrorInfo("ToilException", $"Job '{definition.Name}' can't have its arguments: {Explain(error)}", Retryable: false);
    }

    /// <summary>Whether a request has promised parts that this leader hasn't filled in yet.</summary>
    private bool IsRequestOpen(long job) => _jobs[job].HasPromisedRequest && !_changedRequests.ContainsKey(job);

    /// <summary>Fills the promised parts of a request in.</summary>
    private ErrorInfo? LookUpRequest(long job, JobDefinition definition)
    {
        if (new ValueResolver(this).Resolve(definition.Promised, out var parts) is { } error)
        {
            return new ErrorInfo("ToilException", $"What job '{definition.Name}' asks for can't be known: {Explain(error)}", Retryable: false);
        }

        try
        {
            _changedRequests[job] = PromisedRequest.Resolve(definition.Request, parts);
            return null;
        }
        catch (ToilException problem)
        {
            return new ErrorInfo("ToilException", $"Job '{definition.Name}': {problem.Message}", Retryable: false);
        }
    }

    private string Explain(PathError error)
    {
        var producer = _jobs.Contains(error.Hole.Producer) && error.Hole.Producer != WorkflowJob
            ? $"job '{NameOf(error.Hole.Producer)}'"
            : "the workflow";
        var way = error.Chain.Count > 1 ? $" by way of {string.Join(" and ", error.Chain.SkipLast(1).Select(job => $"'{NameOf(job)}'"))}" : "";
        return error.NotYetKnown
            ? $"the promise leads{way} to {producer}, which hasn't run yet. Let the consumer follow the job that returns the promise, as its follow-on."
            : $"of the return value of {producer}, '{string.Concat(error.Hole.Path)}' was promised, but {error.Reason}.";
    }
}
