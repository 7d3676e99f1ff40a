using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <summary>
/// The files that live as long as a value that somebody may still read names them: those that jobs with
/// <see cref="Jobs.JobTraits.FreesFiles"/> have written. A value or an argument of any other job keeps them for good.
/// </summary>
internal sealed class ValueOwnedFiles
{
    /// <summary>By key, how many values and arguments name each.</summary>
    private readonly Dictionary<string, int> _named = [];
    private readonly Dictionary<long, string[]> _inValues = [];
    private readonly Dictionary<long, string[]> _inArguments = [];
    private readonly SortedSet<string> _unnamed = new(StringComparer.Ordinal);

    public bool Any => _named.Count > 0;

    public bool AnyUnnamed => _unnamed.Count > 0;

    /// <summary>Takes the files that an attempt has written, of those that its value names.</summary>
    public void Own(AttemptId attempt, IEnumerable<string> keys)
    {
        var prefix = attempt.FilePrefix;
        foreach (var key in keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && _named.TryAdd(key, 0)))
        {
            _unnamed.Add(key);
        }
    }

    /// <summary>A value that may be read names files.</summary>
    public void AddValue(long job, IEnumerable<string> keys) => Add(_inValues, job, keys);

    /// <summary>The arguments of a job to come name files.</summary>
    public void AddArguments(long job, IEnumerable<string> keys) => Add(_inArguments, job, keys);

    public void RemoveValue(long job) => Remove(_inValues, job);

    public void RemoveArguments(long job) => Remove(_inArguments, job);

    /// <summary>Somebody whose files live on names these.</summary>
    public void Keep(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _named.Remove(key);
            _unnamed.Remove(key);
        }
    }

    /// <summary>Takes the keys of files that nothing names any more, in order.</summary>
    public List<string> TakeUnnamed()
    {
        var unnamed = _unnamed.ToList();
        unnamed.ForEach(key => _named.Remove(key));
        _unnamed.Clear();
        return unnamed;
    }

    public void WriteTo(ByteWriter writer)
    {
        WriteTo(writer, _inValues);
        WriteTo(writer, _inArguments);
    }

    public void ReadFrom(ref ByteReader reader)
    {
        ReadFrom(ref reader, _inValues);
        ReadFrom(ref reader, _inArguments);
    }

    /// <summary>Files that are kept for good, meanwhile, are left out: whoever reads this would count them again.</summary>
    private void WriteTo(ByteWriter writer, Dictionary<long, string[]> places)
    {
        var owned = places.Select(place => (Job: place.Key, Keys: place.Value.Where(_named.ContainsKey).ToList())).Where(place => place.Keys.Count > 0).ToList();
        writer.WriteUnsigned((ulong)owned.Count);
        foreach (var (job, keys) in owned.OrderBy(place => place.Job))
        {
            writer.WriteVarint(job);
            writer.WriteUnsigned((ulong)keys.Count);
            foreach (var key in keys)
            {
                writer.WriteString(key);
            }
        }
    }

    private void ReadFrom(ref ByteReader reader, Dictionary<long, string[]> places)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var job = reader.ReadVarint();
            var keys = new string[reader.ReadCount()];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = reader.ReadString();
                _named[keys[i]] = _named.GetValueOrDefault(keys[i]) + 1;
            }

            places[job] = keys;
        }
    }

    private void Add(Dictionary<long, string[]> places, long job, IEnumerable<string> keys)
    {
        var owned = keys.Where(_named.ContainsKey).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (owned.Length == 0)
        {
            return;
        }

        places[job] = owned;
        foreach (var key in owned)
        {
            _named[key]++;
            _unnamed.Remove(key);
        }
    }

    private void Remove(Dictionary<long, string[]> places, long job)
    {
        if (!places.Remove(job, out var keys))
        {
            return;
        }

        // One that is kept for good, meanwhile, isn't counted any more.
        foreach (var key in keys.Where(_named.ContainsKey))
        {
            if (--_named[key] == 0)
            {
                _unnamed.Add(key);
            }
        }
    }
}
