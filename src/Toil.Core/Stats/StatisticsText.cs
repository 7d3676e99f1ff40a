using System.Globalization;

namespace Toil.Stats;

/// <summary>Writes statistics as a table for people: a block for each name, a line for each thing measured.</summary>
internal static class StatisticsText
{
    private const int Width = 11;

    public static void Write(TextWriter output, WorkflowStatistics statistics, StatisticsView view)
    {
        output.WriteLine($"Job store  {statistics.JobStore}");
        output.WriteLine($"Workflow   {statistics.Workflow}, ran for {Time(statistics.Runtime.TotalSeconds, view)}");
        WriteJobs(output, statistics.All, view with { SortCategory = "" });
        foreach (var job in view.Order(statistics.Jobs))
        {
            WriteJobs(output, job, view);
        }
    }

    /// <summary>A duration in the two largest of its units.</summary>
    public static string Describe(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.01 } => Invariant($"{time.TotalMilliseconds:0.0}ms"),
        { TotalSeconds: < 60 } => Invariant($"{time.TotalSeconds:0.00}s"),
        { TotalHours: < 1 } => Invariant($"{(int)time.TotalMinutes}m{time.Seconds:00}s"),
        { TotalDays: < 1 } => Invariant($"{(int)time.TotalHours}h{time.Minutes:00}m"),
        _ => Invariant($"{(int)time.TotalDays}d{time.Hours:00}h"),
    };

    private static void WriteJobs(TextWriter output, JobStatistics job, StatisticsView view)
    {
        output.WriteLine();
        output.WriteLine($"{job.Name}: {Count(job.Count, "run")}{Failures(job, view)}{Cores(job)}");
        if (job.Count == 0)
        {
            return;
        }

        output.Write("        ");
        foreach (var (name, _) in StatisticsColumn.Fields)
        {
            output.Write($"{name,Width}");
        }

        output.WriteLine($"{"asked",Width}");
        foreach (var column in view.Columns)
        {
            WriteLine(output, job, column, view);
        }
    }

    private static void WriteLine(TextWriter output, JobStatistics job, StatisticsColumn column, StatisticsView view)
    {
        output.Write($"  {column.Name,-6}");
        var figures = column.Of(job);
        foreach (var (name, of) in StatisticsColumn.Fields)
        {
            var text = Show(of(figures), column, view);
            output.Write(view.IsSortedBy(column, name) ? $"{"*" + text,Width}" : $"{text,Width}");
        }

        output.WriteLine(column.Asked is null ? "" : $"{Show(column.Asked(job), column, view),Width}");
    }

    private static string Show(double value, StatisticsColumn column, StatisticsView view) =>
        column.IsTime ? Time(value, view)
        : view.IsPlain ? Invariant($"{value:0}")
        : new ByteSize((long)value).ToString();

    private static string Time(double seconds, StatisticsView view) =>
        view.IsPlain ? Invariant($"{seconds:0.000}") : Describe(TimeSpan.FromSeconds(seconds));

    private static string Failures(JobStatistics job, StatisticsView view) => job.FailedAttempts == 0
        ? ""
        : $", {Count(job.FailedAttempts, "failed attempt")} that took {Time(job.FailedTime.TotalSeconds, view)}";

    private static string Cores(JobStatistics job) =>
        job.AskedCores > 0 ? Invariant($"; {job.UsedCores:0.##} of {job.AskedCores:0.###} cores busy") : "";

    private static string Count(int number, string what) => Invariant($"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
