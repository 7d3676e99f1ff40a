using System.Globalization;

namespace Toil.Stats;

/// <summary>Writes statistics as comma-separated values: a line for each name and each thing measured, in seconds and bytes.</summary>
internal static class StatisticsCsv
{
    public static void Write(TextWriter output, WorkflowStatistics statistics, StatisticsView view)
    {
        output.WriteLine("name,count,failed,category,min,med,ave,max,total,asked");
        foreach (var job in view.Order(statistics.Jobs))
        {
            foreach (var column in view.Columns)
            {
                var figures = column.Of(job);
                var numbers = StatisticsColumn.Fields.Select(field => Number(field.Of(figures))).Append(column.Asked is null ? "" : Number(column.Asked(job)));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Quote(job.Name)},{job.Count},{job.FailedAttempts},{column.Name},{string.Join(',', numbers)}"));
            }
        }
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
