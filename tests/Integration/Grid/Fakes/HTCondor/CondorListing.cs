using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What condor_q and condor_history print of jobs.</summary>
internal static class CondorListing
{
    private const string Header = "\n\n-- Schedd: hub.example.org : <127.0.0.1:9618?addrs=127.0.0.1-9618> @ 11/22/26 13:00:00\n";

    public static FakeAnswer Answer(FakeCall call, IReadOnlyList<FakeJob> all)
    {
        var isHistory = call.Program == "condor_history";
        // Like HTCondor, this takes abbreviations only of what it knows.
        var (arguments, fields) = CutFields(call.Arguments);
        var options = FakeOptions.Parse(
            arguments, "constraint attributes name pool submitter limit match since completedsince scanlimit file", "long l json jsonl xml nobatch allusers totals wide better-analyze analyze hold backwards forwards local",
            operandsEnd: false, name => new FakeRefusal($"Error: unrecognized argument -{name}"));
        var jobs = all.Where(job => CondorAd.IsInQueue(job) != isHistory && (options.Operands.Count == 0 || options.Operands.Exists(id => IsNamed(job, id))))
            .Where(job => options["constraint"] is not { } constraint || ClassAdExpression.Evaluate(constraint, CondorAd.Of(job)) is true);
        if (isHistory)
        {
            // The job most recently added comes first.
            jobs = jobs.OrderByDescending(job => job.Ended).Take(int.Parse(options["match"] ?? options["limit"] ?? "1000000", CultureInfo.InvariantCulture));
        }

        if (options.Has("better-analyze") || options.Has("analyze"))
        {
            return new FakeAnswer(string.Concat(jobs.Select(Analysis)));
        }

        var wanted = options["attributes"]?.Split(',');
        var ads = jobs.Select(job => CondorAd.Of(job).Where(one => one.Value is not null && (wanted is null || wanted.Contains(one.Key, StringComparer.OrdinalIgnoreCase))).ToList()).ToList();
        return new FakeAnswer(fields is not null ? string.Concat(jobs.Select(job => Row(CondorAd.Of(job), fields)))
            : options.Has("json") ? Json(ads)
            : options.Has("jsonl") ? string.Concat(ads.Select(ad => $"{JsonSerializer.Serialize(new Dictionary<string, object?>(ad))}\n"))
            : options.Has("long") || options.Has("l") ? (isHistory ? "" : Header) + string.Concat(ads.Select(Long))
            : throw new FakeRefusal("This fake has no table for people."));
    }

    /// <summary>Whether <c>7</c> or <c>7.3</c> names a job.</summary>
    public static bool IsNamed(FakeJob job, string id) => id == $"{job.Number}" || id == $"{job.Number}.{job.Index}";

    private static (List<string> Others, IReadOnlyList<string>? Fields) CutFields(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().FindIndex(word => word.Split(':')[0] is "-af" or "-autoformat");
        var fields = at < 0 ? null : arguments.Skip(at + 1).TakeWhile(word => word[0] != '-').ToList();
        return fields is null ? ([.. arguments], null) : ([.. arguments.Take(at), .. arguments.Skip(at + 1 + fields.Count)], fields);
    }

    private static string Row(Dictionary<string, object?> ad, IReadOnlyList<string> fields) =>
        $"{string.Join(' ', fields.Select(field => ad.GetValueOrDefault(field) switch { null => "undefined", bool flag => flag ? "true" : "false", var value => $"{value}" }))}\n";

    private static string Long(List<KeyValuePair<string, object?>> ad)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in ad)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = {value switch
            {
                string words => $"\"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
                bool flag => flag ? "true" : "false",
                _ => value,
            }}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Json(List<List<KeyValuePair<string, object?>>> ads) => ads.Count == 0 ? "[\n]\n"
        : $"[\n{string.Join(",\n", ads.Select(ad => $"{{\n{string.Join(",\n", ad.Select(one => $"  \"{one.Key}\": {JsonSerializer.Serialize(one.Value)}"))}\n}}\n"))}]\n";

    private static string Analysis(FakeJob job) => $"""
        The Requirements expression for job {job.Number}.{job.Index} is

            (TARGET.Arch == "X86_64") && (TARGET.OpSys == "LINUX") && (TARGET.Disk >= RequestDisk) && (TARGET.Memory >= RequestMemory)

        {job.Number}.{job.Index}:  Run analysis summary ignoring user priority.  Of 2 machines,
              2 are rejected by your job's requirements
              0 reject your job because of their own requirements
              0 match and are already running your jobs
              0 match but are serving other users
              0 are able to run your job

        WARNING:  Be advised:
           No machines matched the jobs's constraints

        """;
}
