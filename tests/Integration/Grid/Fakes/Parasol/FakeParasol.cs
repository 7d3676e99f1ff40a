using System.Globalization;
using System.Text;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// Parasol's command, as its usage text and source say (https://github.com/ucscGenomeBrowser/kent, src/parasol; its page
/// http://genecats.gi.ucsc.edu/eng/parasol.html). A job is a line that is cut at its spaces and runs without a shell, in the environment of its node.
/// How it ended is one line in its batch's results file. Jobs of nodes that are lost run again by themselves; after 25 crashes in a row a batch is
/// sick, and the hub drops what it has queued of it.
/// </summary>
internal sealed class FakeParasol : FakeScheduler
{
    private const int SickAfter = 25;

    private readonly Dictionary<string, int> _crashes = [];
    private int _last = 100;

    public FakeParasol(int slots = 8)
        : base(slots, "Couldn't send command to paraHub", 255, "parasol")
    {
        Cluster.Requeues = true;
        Cluster.JobEnded = WriteResult;
    }

    public override string KindOf(FakeCall call) => $"parasol {call.Arguments.FirstOrDefault(word => word[0] != '-')}";

    protected override FakeAnswer Answer(FakeCall call)
    {
        // Options end where the first word begins that is none.
        var options = call.Arguments.TakeWhile(word => word[0] == '-').Select(word => word[1..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
        var words = call.Arguments.SkipWhile(word => word[0] == '-').ToList();
        return words switch
        {
            ["add", "job", _, ..] => Add(call, options, words[2..]),
            ["remove", "job", var id] => Remove(id),
            ["clear", "sick"] => Clear(options["results"]),
            ["list", "job" or "jobs"] => List(options.ContainsKey("extended")),
            ["list", "batch" or "batches"] => new FakeAnswer(string.Concat(Batches())),
            ["status"] => Summary(),
            ["ping"] => new FakeAnswer("Pinged hub 1 times\n"),
            _ => throw new FakeRefusal("Parasol version 12.19\nParasol is the name given to the overall system for managing jobs on\na computer cluster and to this specific command.", 255),
        };
    }

    private FakeAnswer Add(FakeCall call, Dictionary<string, string> options, List<string> words)
    {
        var directory = options.GetValueOrDefault("dir", call.Directory);
        var results = options.GetValueOrDefault("results", $"{directory}/results");
        if (new[] { directory, results }.Any(path => path.Any(char.IsWhiteSpace)))
        {
            // The hub's protocol is one line of words.
            throw new FakeRefusal("sick batch?: hub returned jobId==0", 255);
        }

        if (_crashes.GetValueOrDefault(results) >= SickAfter)
        {
            throw new FakeRefusal("sick batch?: hub returned jobId==0", 255);
        }

        var number = ++_last;
        Cluster.Add(new FakeJob
        {
            Number = number,
            Name = string.Join(' ', words),
            Command = [.. string.Join(' ', words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace("$JOB_ID", $"{number}", StringComparison.Ordinal))],
            Directory = directory,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/",
                ["USER"] = Environment.UserName,
                ["HOST"] = "n1",
                ["JOB_ID"] = $"{number}",
                ["PARASOL"] = "7",
            },
            Output = options.GetValueOrDefault("out", "/dev/null"),
            Error = InDirectory($"para{number}.err"),
            Slots = (int)(double.Parse(options.GetValueOrDefault("cpu", "1"), CultureInfo.InvariantCulture) + 0.5),
            Memory = options.TryGetValue("ram", out var ram) ? Bytes(ram) : null,
            Notes = new Dictionary<string, string> { ["results"] = results },
        });
        return new FakeAnswer(options.ContainsKey("verbose") ? $"your job {number} (\"{string.Join(' ', words)}\") has been submitted\n" : "");
    }

    private FakeAnswer Remove(string id)
    {
        if (!char.IsAsciiDigit(id[0]))
        {
            throw new FakeRefusal("remove job requires a numerical job id", 255);
        }

        // Of a job that it doesn't know, the hub says nothing.
        foreach (var job in Cluster.Known.Where(job => $"{job.Number}" == id))
        {
            Cluster.End(job, FakeCause.Cancelled);
            Cluster.Forget(job);
        }

        return new FakeAnswer();
    }

    private FakeAnswer Clear(string results)
    {
        _crashes.Remove(results);
        return new FakeAnswer();
    }

    private FakeAnswer List(bool extended)
    {
        var text = new StringBuilder();
        foreach (var job in Cluster.Known.Where(job => job.State != FakeState.Ended).OrderBy(job => job.State != FakeState.Running))
        {
            var runs = job.State == FakeState.Running;
            var time = (runs ? job.Started : job.Submitted).ToLocalTime();
            text.Append(CultureInfo.InvariantCulture, $"{job.Number,-4} {(runs ? job.Node : "none"),-10} {Environment.UserName,-10} {time:yyyy/MM/dd HH:mm:ss} {job.Name}{(extended ? $" {job.Notes["results"]}" : "")}\n");
        }

        return new FakeAnswer(text.ToString());
    }

    private IEnumerable<string> Batches() =>
    [
        "#user     run   wait   done crash pri max cpu  ram  plan min batch\n",
        .. Cluster.Known.GroupBy(job => job.Notes["results"]).Select(batch => string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.UserName,-8} {batch.Count(job => job.State == FakeState.Running),4} {batch.Count(job => job.State == FakeState.Pending),6} {0,6} {_crashes.GetValueOrDefault(batch.Key),5} {10,3} {-1,3} {1,3} {0.3,4:0.0}g {4,4} {0,3} {Path.GetDirectoryName(batch.Key)}/\n")),
    ];

    private FakeAnswer Summary()
    {
        var (running, waiting) = (Cluster.Known.Count(job => job.State == FakeState.Running), Cluster.Known.Count(job => job.State == FakeState.Pending));
        return new FakeAnswer($"CPUs total: 8\nCPUs free: {8 - running}\nCPUs busy: {running}\nNodes total: 2\nNodes dead: 0\nNodes sick?: 0\nJobs running:  {running}\nJobs waiting:  {waiting}\nVersion: 12.19\n");
    }

    private void WriteResult(FakeJob job)
    {
        if (job.Cause == FakeCause.Cancelled)
        {
            // A removed job leaves no result.
            return;
        }

        var results = job.Notes["results"];
        var status = job.Code > 128 ? job.Code - 128 : job.Code << 8;
        File.AppendAllText(results, string.Create(
            CultureInfo.InvariantCulture,
            $"{status} {job.Node} {job.Number} {Path.GetFileName(job.Command[0])} 10 1 {Seconds(job.Submitted)} {Seconds(job.Started)} {Seconds(job.Ended)} {Environment.UserName} {job.Error} '{job.Name}'\n"));
        _crashes[results] = status == 0 ? 0 : _crashes.GetValueOrDefault(results) + 1;
        if (_crashes[results] >= SickAfter)
        {
            Cluster.Known.Where(other => other.State == FakeState.Pending && other.Notes["results"] == results).ToList().ForEach(Cluster.Forget);
        }
    }

    private static long Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();

    private static long Bytes(string text)
    {
        var digits = text.TrimEnd('k', 'm', 'g', 't');
        return long.Parse(digits, CultureInfo.InvariantCulture) << text[digits.Length..] switch { "k" => 10, "m" => 20, "g" => 30, "t" => 40, _ => 0 };
    }
}
