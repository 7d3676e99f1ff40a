namespace Toil.Simulation.Model;

/// <summary>The files that go when nothing names them any more, by name.</summary>
internal sealed class ModelFiles
{
    /// <summary>The files that values and arguments own together, by the job that wrote each.</summary>
    private readonly Dictionary<string, ModelJob> _owned = [];

    public bool AnyOwned => _owned.Count > 0;

    /// <summary>The files that nothing names any more.</summary>
    public HashSet<string> Freed { get; } = [];

    /// <summary>A job's run is committed, and has made others.</summary>
    public void Commit(ModelJob job, IEnumerable<ModelJob> made)
    {
        var named = NamesIn(job.Value!);
        if (job.Made.FreesFiles)
        {
            foreach (var name in named.Where(name => name[..name.LastIndexOf('#')] == job.Id))
            {
                _owned.Add(name, job);
            }
        }

        foreach (var other in made.Where(other => !other.Made.FreesFiles))
        {
            Keep(NamesIn(other.Arguments));
        }

        if (!job.Made.FreesFiles)
        {
            Keep(named);
        }
    }

    /// <summary>Jobs have never run, so what they wrote isn't there.</summary>
    public void Undo(IEnumerable<ModelJob> undone)
    {
        var writers = undone.ToHashSet();
        foreach (var (name, _) in _owned.Where(file => writers.Contains(file.Value)).ToList())
        {
            _owned.Remove(name);
        }

        var ids = writers.Select(writer => writer.Id).ToHashSet();
        Freed.RemoveWhere(name => ids.Contains(name[..name.LastIndexOf('#')]));
    }

    /// <summary>What neither a value that is read nor the arguments of a job to come name is free.</summary>
    public void Free(IEnumerable<ModelJob> held, IEnumerable<ModelJob> toRun)
    {
        var named = held.Select(job => job.Value!).Concat(toRun.Select(job => job.Arguments)).SelectMany(NamesIn).ToHashSet();
        foreach (var name in _owned.Keys.Where(name => !named.Contains(name)).ToList())
        {
            _owned.Remove(name);
            Freed.Add(name);
        }
    }

    /// <summary>Somebody whose files stay names these.</summary>
    private void Keep(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _owned.Remove(name);
        }
    }

    private static IEnumerable<string> NamesIn(ModelValue value) => value.All<ModelValue.StoredFile>().Select(file => file.Name).Distinct();
}
