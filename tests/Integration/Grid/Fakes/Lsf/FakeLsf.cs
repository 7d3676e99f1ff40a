using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// LSF's commands, as IBM documents them: "IBM Spectrum LSF 10.1 command reference" (bsub, bjobs, bkill, bacct, bhist, bparams, lsadmin, lsid;
/// https://www.ibm.com/docs/en/SSWRJV_10.1.0/lsf_command_ref/bjobs.o.1.html and its neighbours), "LSB_BJOBS_CONSISTENT_EXIT_CODE" in lsf.conf,
/// and "Termination reasons displayed by bacct, bhist, and bjobs"
/// (https://www.ibm.com/docs/SSWRJV_10.1.0/lsf_admin/termination_reasons_lsf.html).
/// </summary>
internal sealed class FakeLsf : FakeScheduler
{
    public const string Queue = "normal";

    private const string Down = "%s: LSF is down. Please wait ...";
    private int _last = 100;

    public FakeLsf(int slots = 8)
        : base(slots, Down, 255, "bsub", "bjobs", "bkill", "bacct", "bhist", "bparams", "lsadmin", "lsid") =>
        Cluster.JobEnded = LsfReport.Write;

    /// <summary>Jobs are not shown before so long after their submission.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>MAX_JOB_ARRAY_SIZE in lsb.params; IBM documents 1000 as its default.</summary>
    public int LargestArray { get; set; } = 1000;

    /// <summary>LSB_BJOBS_CONSISTENT_EXIT_CODE in lsf.conf.</summary>
    public bool ConsistentExitCode { get; set; }

    /// <summary>LSF_UNIT_FOR_LIMITS in lsf.conf, as bytes: kilobytes unless a site says otherwise.</summary>
    public long UnitForLimits { get; set; } = 1 << 10;

    private string UnitName => UnitForLimits switch { 1L << 10 => "KB", 1L << 20 => "MB", _ => "GB" };

    protected override FakeAnswer Answer(FakeCall call) => call.Program switch
    {
        "bsub" => Submit(call),
        "bjobs" => BjobsOutput.Answer(call, Cluster.Known, ConsistentExitCode),
        "bkill" => Kill(call),
        "bacct" => LsfHistory.Account(call, Cluster.All),
        "bhist" => LsfHistory.Events(call, Cluster.All),
        "bparams" => new FakeAnswer($"    MBD_SLEEP_TIME = 10\n    CLEAN_PERIOD = 3600\n    MAX_JOB_ARRAY_SIZE = {LargestArray}\n    RESOURCE_RESERVE_PER_TASK = N\n"),
        "lsadmin" => new FakeAnswer($"Host: hosta\nLIM configuration at Sun Nov 22 13:00:00 UTC 2026\n        LSF_CONFDIR = /opt/lsf/conf\n        LSF_UNIT_FOR_LIMITS = {UnitName}\n        LSF_VERSION = 10.1\n"),
        _ => new FakeAnswer("IBM Spectrum LSF Standard 10.1.0.0, May 25 2016\nCopyright International Business Machines Corp. 1992, 2016.\n\nMy cluster name is cluster1\nMy master name is hosta\n"),
    };

    private FakeAnswer Submit(FakeCall call)
    {
        var options = FakeOptions.Parse(
            call.Arguments, "J o oo e eo n M R W We q P G g cwd m app sla i u L env Jd gpu sp E Ep b t w v D F S C c", "H r rn x N B K I ar B XF", operandsEnd: true,
            name => new FakeRefusal($"bsub: illegal option -- {name}\nUsage: bsub [options] command [argument ...]", 255));
        if (options["q"] is { } queue && queue != Queue)
        {
            throw new FakeRefusal($"{queue}: No such queue. Job not submitted.", 255);
        }

        var command = options.Operands.Count > 0 ? string.Join(' ', options.Operands) : call.Input;
        if (command.Trim().Length == 0)
        {
            throw new FakeRefusal("Empty job. Job not submitted.", 255);
        }

        var (name, indices) = ArrayOf(options["J"] ?? command.Split('\n')[0]);
        var number = ++_last;
        var script = InDirectory($"{number}.sh");
        File.WriteAllText(script, options.Operands.Count > 0 ? $"#!/bin/sh\n{command}\n" : command);
        foreach (var index in indices)
        {
            Cluster.Add(JobOf(call, options, number, index, name, script));
        }

        return new FakeAnswer(options["q"] is null ? $"Job <{number}> is submitted to default queue <{Queue}>.\n" : $"Job <{number}> is submitted to queue <{Queue}>.\n");
    }

    private FakeJob JobOf(FakeCall call, FakeOptions options, int number, int? index, string name, string script)
    {
        string? Place(params string[] names) => names.Select(option => options[option]).FirstOrDefault(value => value is not null) is { } path
            ? Path.Combine(call.Directory, path.Replace("%J", $"{number}", StringComparison.Ordinal).Replace("%I", $"{index ?? 0}", StringComparison.Ordinal))
            : null;

        var (output, error) = (Place("oo", "o"), Place("eo", "e"));
        var spool = InDirectory($"{number}.{index}.out");
        return new FakeJob
        {
            Number = number,
            Index = index,
            Name = name,
            Command = ["/bin/sh", script],
            Directory = options["cwd"] ?? call.Directory,
            Environment = new Dictionary<string, string>(call.Environment)
            {
                ["LSB_JOBID"] = $"{number}",
                ["LSB_JOBINDEX"] = $"{index ?? 0}",
                ["LSB_JOBNAME"] = NameOf(name, index),
                ["LSB_QUEUE"] = Queue,
            },
            Output = output is null or "/dev/null" ? "/dev/null" : spool,
            Error = error ?? (output is null or "/dev/null" ? "/dev/null" : spool),
            Slots = int.Parse((options["n"] ?? "1").Split(',')[0], CultureInfo.InvariantCulture),
            Memory = LsfUnits.Memory(options, UnitForLimits),
            TimeLimit = LsfUnits.RunLimit(options["W"]),
            State = options.Has("H") ? FakeState.Held : FakeState.Pending,
            Shown = DateTime.UtcNow + Lag,
            Notes = new Dictionary<string, string> { ["output"] = output ?? "/dev/null", ["description"] = options["Jd"] ?? "", ["arguments"] = string.Join(' ', call.Arguments) },
        };
    }

    /// <summary>Takes <c>name[1-40]%5</c> apart.</summary>
    private (string Name, IEnumerable<int?> Indices) ArrayOf(string text)
    {
        var bracket = text.LastIndexOf('[');
        if (bracket < 0 || text.IndexOf(']', bracket) is not (> 0 and var end))
        {
            return (text, [null]);
        }

        var indices = FakeOptions.Ranges(text[(bracket + 1)..end]).ToList();
        return indices.Max() > LargestArray
            ? throw new FakeRefusal($"{text}: Job array index too large. Job not submitted.", 255)
            : (text[..bracket], indices.Select(index => (int?)index));
    }

    private FakeAnswer Kill(FakeCall call)
    {
        var options = FakeOptions.Parse(call.Arguments, "s J u q g m", "r l", operandsEnd: false, name => new FakeRefusal($"bkill: illegal option -- {name}", 255));
        var (output, error, code) = ("", "", 0);
        foreach (var id in options.Operands)
        {
            var jobs = JobIds.Select(id, Cluster.Known).ToList();
            var live = jobs.Where(job => job.State != FakeState.Ended).ToList();
            live.ForEach(job => Cluster.End(job, FakeCause.Cancelled));
            (output, error, code) = (jobs.Count, live.Count) switch
            {
                (0, _) => (output, $"{error}Job <{id}>: No matching job found\n", 255),
                (_, 0) => (output, $"{error}Job <{id}>: Job has already finished\n", 255),
                _ => ($"{output}Job <{id}> is being terminated\n", error, code),
            };
        }

        return new FakeAnswer(output, error, code);
    }

    /// <summary>What LSF calls a job.</summary>
    public static string NameOf(string name, int? index) => index is { } element ? $"{name}[{element}]" : name;
}
