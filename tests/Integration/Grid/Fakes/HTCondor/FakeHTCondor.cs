using System.Globalization;
using System.Text;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// HTCondor's commands, as its manual says: "condor_submit", "condor_q", "condor_history", "condor_rm"
/// (https://htcondor.readthedocs.io/en/latest/man-pages/) and "Job ClassAd attributes" (…/classad-attributes/job-classad-attributes.html).
/// A job that has used more than it may is held, one whose machine is lost or wanted by others waits to run again: that is HTCondor's way.
/// </summary>
internal sealed class FakeHTCondor : FakeScheduler
{
    private const string Down = "\n-- Failed to fetch ads from: <127.0.0.1:9618?addrs=127.0.0.1-9618> : hub.example.org\nCEDAR:6001:Failed to connect to <127.0.0.1:9618>";
    private int _last = 100;

    public FakeHTCondor(int slots = 8)
        : base(slots, Down, 1, "condor_submit", "condor_q", "condor_history", "condor_rm")
    {
        Cluster.Requeues = true;
        Cluster.HoldsEnded = job => job.Cause is FakeCause.OutOfMemory or FakeCause.TimeLimit;
    }

    protected override FakeAnswer Answer(FakeCall call)
    {
        // HTCondor looks at the policies of jobs from time to time, and so does this.
        foreach (var job in Cluster.Known.Where(job => CondorAd.IsTrue(job, "PeriodicRemove")))
        {
            job.Notes["RemoveReason"] = $"The job attribute PeriodicRemove expression '{job.Notes["PeriodicRemove"]}' evaluated to TRUE";
            Cluster.End(job, FakeCause.Cancelled);
        }

        return call.Program switch
        {
            "condor_submit" => Submit(call),
            "condor_rm" => Remove(call),
            _ => CondorListing.Answer(call, Cluster.All),
        };
    }

    private FakeAnswer Submit(FakeCall call)
    {
        var options = FakeOptions.Parse(
            call.Arguments, "file name remote pool append a batch-name queue dump dry-run", "terse verbose v unused disable debug spool -", operandsEnd: false,
            name => new FakeRefusal($"Unrecognized argument: -{name}"));
        var description = new SubmitDescription(options.Operands is [not "-" and var file, ..] ? File.ReadAllText(Path.Combine(call.Directory, file)) : call.Input);
        if (description.Count == 0)
        {
            throw new FakeRefusal("ERROR: no 'queue' command found in submit description.");
        }

        if (description.Of("executable", 0, 0) is null)
        {
            throw new FakeRefusal("ERROR: No 'executable' parameter was provided");
        }

        var cluster = ++_last;
        for (var process = 0; process < description.Count; process++)
        {
            Cluster.Add(JobOf(call, description, cluster, process));
        }

        return new FakeAnswer(options.Has("terse")
            ? $"{cluster}.0 - {cluster}.{description.Count - 1}\n"
            : $"Submitting job(s){new string('.', description.Count)}\n{description.Count} job(s) submitted to cluster {cluster}.\n");
    }

    private static FakeJob JobOf(FakeCall call, SubmitDescription description, int cluster, int process)
    {
        string? Of(string command) => description.Of(command, cluster, process);
        var directory = Path.GetFullPath(Of("initialdir") ?? call.Directory, call.Directory);
        var notes = new Dictionary<string, string>(description.Own(cluster, process));
        foreach (var (command, attribute) in new[] { ("periodic_remove", "PeriodicRemove"), ("leave_in_queue", "LeaveJobInQueue") })
        {
            notes[attribute] = Of(command) ?? "false";
        }

        if (Of("log") is { } log)
        {
            File.AppendAllText(Path.Combine(directory, log), $"000 ({cluster:000}.{process:000}.000) Job submitted from host: <127.0.0.1:9618>\n...\n");
        }

        return new FakeJob
        {
            Number = cluster,
            Index = process,
            Name = Of("batch_name") ?? "",
            Command = [Path.Combine(directory, Of("executable")!), .. SubmitDescription.Arguments(Of("arguments"))],
            Directory = directory,
            Environment = Of("getenv")?.ToUpperInvariant() is "TRUE" ? call.Environment : new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            Output = Path.Combine(directory, Of("output") ?? "/dev/null"),
            Error = Path.Combine(directory, Of("error") ?? "/dev/null"),
            Slots = int.Parse(Of("request_cpus") ?? "1", CultureInfo.InvariantCulture),
            Memory = CondorUnits.Bytes(Of("request_memory"), 1 << 20),
            State = Of("hold")?.ToUpperInvariant() is "TRUE" ? FakeState.Held : FakeState.Pending,
            Notes = notes,
        };
    }

    private FakeAnswer Remove(FakeCall call)
    {
        var options = FakeOptions.Parse(call.Arguments, "constraint name pool reason", "all debug forcex", operandsEnd: false, name => new FakeRefusal($"Unrecognized argument: -{name}"));
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var queue = Cluster.Known.Where(CondorAd.IsInQueue).ToList();
        foreach (var id in options.Operands)
        {
            var jobs = queue.Where(job => CondorListing.IsNamed(job, id)).ToList();
            var whole = !id.Contains('.', StringComparison.Ordinal);
            (jobs.Count > 0 ? output : error).Append(CultureInfo.InvariantCulture, $"{(jobs.Count > 0
                ? whole ? $"All jobs in cluster {id} have been marked for removal" : $"Job {id} marked for removal"
                : whole ? $"Couldn't find/remove all jobs in cluster {id}" : $"Job {id} not found")}\n");
            RemoveAll(jobs);
        }

        if (options["constraint"] is { } constraint)
        {
            RemoveAll(queue.Where(job => ClassAdExpression.Evaluate(constraint, CondorAd.Of(job)) is true));
            output.Append(CultureInfo.InvariantCulture, $"All jobs matching constraint ({constraint}) have been marked for removal\n");
        }

        return new FakeAnswer(output.ToString(), error.ToString(), error.Length > 0 ? 1 : 0);
    }

    private void RemoveAll(IEnumerable<FakeJob> jobs)
    {
        foreach (var job in jobs)
        {
            job.Notes["RemoveReason"] = $"via condor_rm (by user {Environment.UserName})";
            Cluster.End(job, FakeCause.Cancelled);
        }
    }
}
