using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// Torque's commands, as its manual pages of version 6 say (qsub(1B), qstat(1B), qdel(1B), https://github.com/adaptivecomputing/torque, doc/man1)
/// and its administrator guide's "Job exit status" codes: -10 after a memory limit, -11 after a walltime limit, 256 and the signal's number after a signal.
/// </summary>
internal sealed class FakeTorque : FakeScheduler
{
    public const string Server = "hub";

    private const int UnknownJob = 153;
    private const int BadState = 170;
    private const int MostLetters = 256;
    private const string Down = "Cannot connect to default server host 'hub' - check pbs_server daemon and/or trqauthd.\n%s: cannot connect to server hub (errno=111) Connection refused";
    private int _last = 100;

    public FakeTorque(int slots = 8)
        : base(slots, Down, 111, "qsub", "qstat", "qdel")
    {
    }

    protected override FakeAnswer Answer(FakeCall call) => call.Arguments is ["--version"]
        ? new FakeAnswer(Error: "Version: 6.1.3\nCommit: 662bd1f2c1f1f3a8ca5e1ce0b3ba8a8e09e2ac1a\n")
        : call.Program switch
        {
            "qsub" => Submit(call),
            "qstat" => Status(call),
            _ => Delete(call),
        };

    /// <summary>What Torque calls a job: <c>7.hub</c>, <c>7[3].hub</c>.</summary>
    public static string IdOf(FakeJob job) => job.Index is { } index ? $"{job.Number}[{index}].{Server}" : $"{job.Number}.{Server}";

    private FakeAnswer Submit(FakeCall call)
    {
        var options = FakeOptions.Parse(
            call.Arguments, "a A b c C d D e i j k K l m M N o p P q r S t T u v W w", "f h I n V x X z", operandsEnd: true, name => new FakeRefusal($"qsub: invalid option -- '{name[0]}'", 2));
        var name = options["N"] ?? "STDIN";
        if (name.Length > MostLetters || !char.IsAsciiLetter(name[0]) || name.Any(char.IsWhiteSpace))
        {
            throw new FakeRefusal("qsub: illegal -N value", 2);
        }

        if (options["q"] is { } queue && queue != "batch")
        {
            throw new FakeRefusal("qsub: submit error (Unknown queue MSG=cannot locate queue)", 169);
        }

        if (options["o"] is { } output && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output, call.Directory))))
        {
            throw new FakeRefusal("qsub: submit error (Illegal attribute or resource value for Output_Path)", 2);
        }

        var number = ++_last;
        var script = InDirectory($"{number}.SC");
        File.WriteAllText(script, options.Operands is [var file, ..] ? File.ReadAllText(Path.Combine(call.Directory, file)) : call.Input);
        foreach (var index in options["t"] is { } range ? FakeOptions.Ranges(range.Split('%')[0]).Select(index => (int?)index) : [null])
        {
            Cluster.Add(JobOf(call, options, number, index, name, script));
        }

        return new FakeAnswer($"{number}{(options["t"] is null ? "" : "[]")}.{Server}\n");
    }

    private static FakeJob JobOf(FakeCall call, FakeOptions options, int number, int? index, string name, string script)
    {
        var resources = TorqueResources.Parse(options.All("l"));
        var id = index is { } element ? $"{number}[{element}].{Server}" : $"{number}.{Server}";
        string Place(string option, char letter) => Path.Combine(call.Directory, options[option]?.Split(':')[^1] ?? $"{name}.{letter}{number}{(index is { } i ? $"-{i}" : "")}");
        var exported = options.Has("V") ? call.Environment : call.Environment.Where(one => one.Key is "HOME" or "PATH").ToDictionary();
        return new FakeJob
        {
            Number = number,
            Index = index,
            Name = index is { } suffix ? $"{name}-{suffix}" : name,
            Command = [options["S"] ?? "/bin/sh", script],
            Directory = options["d"] ?? options["w"] ?? call.Directory,
            Environment = new Dictionary<string, string>(exported)
            {
                ["PBS_JOBID"] = id,
                ["PBS_ARRAYID"] = $"{index}",
                ["PBS_JOBNAME"] = name,
                ["PBS_ENVIRONMENT"] = "PBS_BATCH",
                ["PBS_O_WORKDIR"] = call.Directory,
            },
            Output = Place("o", 'o'),
            Error = options["j"] == "oe" ? Place("o", 'o') : Place("e", 'e'),
            Slots = resources.Cores,
            Memory = resources.Memory,
            TimeLimit = resources.WallTime,
            State = options.Has("h") ? FakeState.Held : FakeState.Pending,
            Notes = new Dictionary<string, string> { ["rerunnable"] = options["r"] == "n" ? "False" : "True" },
        };
    }

    private FakeAnswer Status(FakeCall call)
    {
        var options = FakeOptions.Parse(call.Arguments, "u W", "f 1 a i r n s G M R e t x l", operandsEnd: false, name => new FakeRefusal($"qstat: invalid option -- '{name[0]}'", 2));
        var (jobs, error) = Select("qstat", options.Operands);
        return new FakeAnswer(options.Has("f") ? QstatText.Full(jobs, options.Has("t"), options.Has("1")) : QstatText.Table(jobs, options.Has("t")), error, error.Length > 0 ? UnknownJob : 0);
    }

    private FakeAnswer Delete(FakeCall call)
    {
        var options = FakeOptions.Parse(call.Arguments, "m t W b", "a c p", operandsEnd: false, name => new FakeRefusal($"qdel: invalid option -- '{name[0]}'", 2));
        var (jobs, error) = Select("qdel", options.Operands);
        var code = error.Length > 0 ? UnknownJob : 0;
        foreach (var job in jobs)
        {
            if (job.State == FakeState.Ended)
            {
                (error, code) = ($"{error}qdel: Request invalid for state of job MSG=invalid state for job - COMPLETE {IdOf(job)}\n", BadState);
            }

            Cluster.End(job, FakeCause.Cancelled);
        }

        return new FakeAnswer("", error, code);
    }

    private (List<FakeJob> Jobs, string Error) Select(string program, List<string> ids)
    {
        var known = Cluster.Known;
        if (ids.Count == 0)
        {
            return ([.. known], "");
        }

        var (jobs, error) = (new List<FakeJob>(), "");
        foreach (var id in ids.Select(id => id.Split('.')[0]))
        {
            var parts = id.Split('[', ']');
            var found = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? known.Where(job => job.Number == number && (parts.Length == 1 ? job.Index is null : parts[1].Length == 0 || job.Index?.ToString(CultureInfo.InvariantCulture) == parts[1])).ToList()
                : throw new FakeRefusal($"{program}: illegally formed job identifier: {id}");
            jobs.AddRange(found);
            error += found.Count == 0 ? $"{program}: Unknown Job Id Error {id}.{Server}\n" : "";
        }

        return (jobs, error);
    }
}
