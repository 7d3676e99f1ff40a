using System.Text.Json;

namespace Toil.Stats;

/// <summary>Writes statistics for programs: seconds and bytes.</summary>
internal static class StatisticsJson
{
    public static void Write(Stream output, WorkflowStatistics statistics, StatisticsView view)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("jobStore", statistics.JobStore);
            writer.WriteString("workflow", statistics.Workflow);
            writer.WriteNumber("runtime", statistics.Runtime.TotalSeconds);
            WriteJobs(writer, "all", statistics.All, view);
            writer.WriteStartArray("jobs");
            foreach (var job in view.Order(statistics.Jobs))
            {
                WriteJobs(writer, null, job, view);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteJobs(Utf8JsonWriter writer, string? property, JobStatistics job, StatisticsView view)
    {
        if (property is not null)
        {
            writer.WritePropertyName(property);
        }

        writer.WriteStartObject();
        writer.WriteString("name", job.Name);
        writer.WriteNumber("count", job.Count);
        writer.WriteNumber("failed", job.FailedAttempts);
        writer.WriteNumber("failedTime", job.FailedTime.TotalSeconds);
        writer.WriteNumber("usedCores", job.UsedCores);
        writer.WriteNumber("askedCores", job.AskedCores);
        foreach (var column in view.Columns)
        {
            writer.WriteStartObject(column.Name);
            var figures = column.Of(job);
            foreach (var (name, of) in StatisticsColumn.Fields)
            {
                writer.WriteNumber(name, of(figures));
            }

            if (column.Asked is not null)
            {
                writer.WriteNumber("asked", column.Asked(job));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
