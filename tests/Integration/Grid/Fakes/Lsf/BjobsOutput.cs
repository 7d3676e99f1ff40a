using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What bjobs prints: its table of eight columns, or the fields that -o names, with a delimiter, or as JSON.</summary>
internal static class BjobsOutput
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static FakeAnswer Answer(FakeCall call, IReadOnlyList<FakeJob> known, bool consistent)
    {
        var options = FakeOptions.Parse(
            call.Arguments, "u J o q P g m app G", "a A d r p s w W l noheader json hms X UF sum psum p0 p1 p2 p3", operandsEnd: false, name => new FakeRefusal($"bjobs: illegal option -- {name}", 255));
        if (options["u"] is { } user && user != "all" && user != Environment.UserName)
        {
            throw new FakeRefusal("No unfinished job found", consistent ? 255 : 0);
        }

        var (jobs, error) = Select(options, [.. known.Where(job => job.Shown <= DateTime.UtcNow)]);
        if (options.Has("json"))
        {
            return options["o"] is null ? throw new FakeRefusal("bjobs: -json requires -o.", 255) : new FakeAnswer(Json(options["o"]!, jobs), error);
        }

        var output = jobs.Count == 0 ? "" : options["o"] is { } format ? Customized(format, jobs, !options.Has("noheader")) : Table(jobs, options.Has("w"), !options.Has("noheader"));
        return new FakeAnswer(output, error, error.Length > 0 && (consistent || (jobs.Count == 0 && options.Operands.Count > 0)) ? 255 : 0);
    }

    private static (List<FakeJob> Jobs, string Error) Select(FakeOptions options, List<FakeJob> known)
    {
        var error = new StringBuilder();
        var named = known;
        if (options.Operands.Count > 0)
        {
            named = [];
            foreach (var id in options.Operands)
            {
                var found = JobIds.Select(id, known).ToList();
                named.AddRange(found);
                if (found.Count == 0)
                {
                    error.Append(CultureInfo.InvariantCulture, $"Job <{id}> is not found\n");
                }
            }

            return (named, error.ToString());
        }

        var state = options.Has("a") ? _ => true
            : options.Has("d") ? job => job.State == FakeState.Ended
            : options.Has("r") ? job => job.State == FakeState.Running
            : options.Has("p") ? job => job.State == FakeState.Pending
            : (Func<FakeJob, bool>)(job => job.State != FakeState.Ended);
        var jobs = named.Where(job => state(job) && (options["J"] is not { } pattern || FileSystemName.MatchesSimpleExpression(pattern, job.Name, ignoreCase: false))).ToList();
        return (jobs, jobs.Count > 0 ? ""
            : options["J"] is { } name ? $"Job <{name}> is not found\n"
            : options.Has("a") ? "No job found\n"
            : options.Has("d") ? "No DONE or EXIT job found\n"
            : "No unfinished job found\n");
    }

    private static string Table(List<FakeJob> jobs, bool wide, bool header)
    {
        var text = new StringBuilder(header ? "JOBID   USER    STAT  QUEUE      FROM_HOST   EXEC_HOST   JOB_NAME   SUBMIT_TIME\n" : "");
        foreach (var job in jobs)
        {
            // The end of a long name tells more of it; an asterisk stands for the rest.
            var name = BjobsField.Of(job, "job_name");
            var shown = wide || name.Length <= 10 ? name : $"*{name[^9..]}";
            text.Append(CultureInfo.InvariantCulture, $"{job.Number,-7} {Cut(Environment.UserName, 7),-7} {BjobsField.Of(job, "stat"),-5} {FakeLsf.Queue,-10} {"hosta",-11} ")
                .Append(CultureInfo.InvariantCulture, $"{(job.State is FakeState.Running or FakeState.Ended ? job.Node : ""),-11} {shown,-10} {BjobsField.Of(job, "submit_time")}\n");
        }

        return text.ToString();
    }

    private static string Customized(string format, List<FakeJob> jobs, bool header)
    {
        var (fields, delimiter) = FieldsOf(format);
        var rows = jobs.Select(job => fields.Select(field => BjobsField.Of(job, field)).ToList()).ToList();
        if (header)
        {
            rows.Insert(0, [.. fields.Select(field => BjobsField.Full(field).ToUpperInvariant())]);
        }

        // Without a delimiter, columns are as wide as their widest value.
        var widths = fields.Select((_, column) => delimiter is null ? rows.Max(row => row[column].Length) : 0).ToList();
        return string.Concat(rows.Select(row => $"{string.Join(delimiter ?? " ", row.Select((value, column) => value.PadRight(widths[column])))}\n"));
    }

    private static string Json(string format, List<FakeJob> jobs)
    {
        var fields = FieldsOf(format).Fields;
        string Quote(string value) => JsonSerializer.Serialize(value == "-" ? "" : value, Plain);
        var records = jobs.Select(job => $"    {{\n{string.Join(",\n", fields.Select(field => $"      \"{BjobsField.Full(field).ToUpperInvariant()}\":{Quote(BjobsField.Of(job, field))}"))}\n    }}");
        return $"{{\n  \"COMMAND\":\"bjobs\",\n  \"JOBS\":{jobs.Count},\n  \"RECORDS\":[\n{string.Join(",\n", records)}\n  ]\n}}\n";
    }

    private static (IReadOnlyList<string> Fields, string? Delimiter) FieldsOf(string format)
    {
        var at = format.IndexOf("delimiter=", StringComparison.Ordinal);
        var names = (at < 0 ? format : format[..at]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.Split(':')[0]).ToList();
        return (names, at < 0 ? null : format[(at + "delimiter=".Length)..].Trim().Trim('\'', '"'));
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..width];
}
