using System.Text.Json;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary>Writes a workflow's status.</summary>
internal static class StatusReport
{
    public static void WriteText(TextWriter output, WorkflowStatus status, LeaderRunningException? leader)
    {
        output.WriteLine($"Job store  {status.JobStore}");
        output.WriteLine($"Workflow   {status.Id}, started {status.CreatedAt:yyyy-MM-dd HH:mm:ss}Z");
        output.WriteLine($"State      {Sentence(status, leader)}");
        output.WriteLine($"Jobs       {status.Total} known, {status.Done} done, {status.Failed.Count} failed");
        foreach (var job in status.Failed)
        {
            WriteFailure(output, job);
        }
    }

    public static void WriteJson(Stream output, WorkflowStatus status, LeaderRunningException? leader)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("jobStore", status.JobStore);
            writer.WriteString("workflow", status.Id);
            writer.WriteString("started", status.CreatedAt);
            writer.WriteString("state", State(status, leader));
            WriteLeader(writer, leader);
            writer.WriteNumber("total", status.Total);
            writer.WriteNumber("done", status.Done);
            WriteFailed(writer, status.Failed);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>One word: finished, running, failed or stopped.</summary>
    private static string State(WorkflowStatus status, LeaderRunningException? leader) => status switch
    {
        { IsComplete: true } => "finished",
        _ when leader is not null => "running",
        { Failed.Count: > 0 } => "failed",
        _ => "stopped",
    };

    private static string Sentence(WorkflowStatus status, LeaderRunningException? leader)
    {
        var state = State(status, leader);
        return leader is not null ? $"{state}, led by process {leader.ProcessId} on {leader.Host}"
            : status.IsComplete ? state
            : $"{state}; resume it with --restart";
    }

    private static void WriteFailure(TextWriter output, FailedJob job)
    {
        output.WriteLine($"\n{job.Name} (job {job.Number}) failed: {job.Error.Message}");
        if (job.Error.Position.Length > 0)
        {
            output.WriteLine(Indent(job.Error.Position));
        }

        if (job.Log.Length > 0)
        {
            output.WriteLine($"  ---- its output ----\n{Indent(job.Log)}");
        }
    }

    private static string Indent(string text) => "  " + text.TrimEnd().ReplaceLineEndings("\n  ");

    private static void WriteLeader(Utf8JsonWriter writer, LeaderRunningException? leader)
    {
        if (leader is null)
        {
            return;
        }

        writer.WriteStartObject("leader");
        writer.WriteString("host", leader.Host);
        writer.WriteNumber("processId", leader.ProcessId);
        writer.WriteEndObject();
    }

    private static void WriteFailed(Utf8JsonWriter writer, IReadOnlyList<FailedJob> failed)
    {
        writer.WriteStartArray("failed");
        foreach (var job in failed)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", job.Number);
            writer.WriteString("name", job.Name);
            writer.WriteString("error", job.Error.Message);
            writer.WriteString("errorType", job.Error.Type);
            writer.WriteString("position", job.Error.Position);
            writer.WriteString("log", job.Log);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
