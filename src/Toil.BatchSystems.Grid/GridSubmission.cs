using System.Globalization;
using System.Text;

namespace Toil.BatchSystems.Grid;

/// <summary>Alike jobs with consecutive entries that go out together: one, or an array.</summary>
internal sealed class GridSubmission
{
    /// <summary>The agent itself needs some memory, however little its job asks for.</summary>
    private static readonly ByteSize LeastMemory = 256L << 20;

    private readonly IReadOnlyList<BatchJob> _jobs;

    private GridSubmission(IReadOnlyList<BatchJob> jobs) => _jobs = jobs;

    public IReadOnlyList<BatchJob> Jobs => _jobs;

    public bool IsArray => _jobs.Count > 1;

    /// <summary>The job's name; an array's elements are told apart by their entries, which follow it.</summary>
    public string Name => IsArray ? _jobs[0].BundleName : _jobs[0].Name;

    /// <summary>What the names of all jobs of the workflow begin with.</summary>
    public string Prefix => string.Join('-', Name.Split('-', 3)[..2]) + "-";

    public int FirstEntry => _jobs[0].Entry;

    public int LastEntry => _jobs[^1].Entry;

    public Requirements Requirements => _jobs[0].Requirements;

    /// <summary>What each job is to be given, its agent's included.</summary>
    public ByteSize Memory => Requirements.Memory.Bytes > LeastMemory.Bytes ? Requirements.Memory : LeastMemory;

    /// <summary>Whole ones, for schedulers that give no others.</summary>
    public long Cores => Math.Max(1, (long)Math.Ceiling(Requirements.Cores));

    /// <summary>What people call it, in one line of ordinary length.</summary>
    public string Comment
    {
        get
        {
            var text = new string([.. _jobs[0].JobName.Take(100).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
            return IsArray && _jobs[^1].JobName != _jobs[0].JobName ? $"{text} and others" : text;
        }
    }

    /// <summary>Cuts what is to be submitted into what can go out together.</summary>
    public static IEnumerable<GridSubmission> Of(IReadOnlyList<BatchJob> jobs, int largest)
    {
        for (var first = 0; first < jobs.Count;)
        {
            var count = 1;
            while (first + count < jobs.Count && count < largest && Follows(jobs[first], jobs[first + count], count))
            {
                count++;
            }

            yield return new GridSubmission([.. jobs.Skip(first).Take(count)]);
            first += count;
        }
    }

    /// <summary>The script that a node runs.</summary>
    /// <param name="entry">The shell's expression for an array element's entry.</param>
    /// <param name="opening">Lines that come before all others.</param>
    public string ScriptFor(string entry, string opening = "")
    {
        var script = new StringBuilder("#!/bin/sh\n").Append(opening).Append("exec");
        var command = _jobs[0].Command;
        for (var i = 0; i < command.Count - 1; i++)
        {
            script.Append(' ').Append(ShellWord.Quote(command[i]));
        }

        return script.Append(' ').Append(IsArray ? $"\"{entry}\"" : FirstEntry.ToString(CultureInfo.InvariantCulture)).Append('\n').ToString();
    }

    /// <summary>The same, for schedulers that warn all of a job's processes by other signals than SIGTERM.</summary>
    /// <param name="entry">The shell's expression for an array element's entry.</param>
    /// <param name="signals">The signals that warn.</param>
    /// <param name="opening">Lines that come before all others.</param>
    public string ScriptThatPassesOn(string entry, string signals, string opening = "") => $$"""
        #!/bin/sh
        {{opening}}trap 'kill -TERM "$!"' TERM {{signals}}
        (trap '' {{signals}}; {{ScriptFor(entry)["#!/bin/sh\n".Length..].TrimEnd()}}) &
        until wait "$!"; code=$?; [ "$code" -le 128 ] || ! kill -0 "$!" 2> /dev/null; do :; done
        exit "$code"

        """;

    private static bool Follows(BatchJob first, BatchJob next, int distance) =>
        next.Entry == first.Entry + distance && next.BundleName == first.BundleName && next.Requirements == first.Requirements
        && next.Command.SkipLast(1).SequenceEqual(first.Command.SkipLast(1));
}
