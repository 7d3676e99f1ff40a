using System.Globalization;
using System.Text.Json;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary>Writes a workflow's status.</summary>
/// <param name="status">What its journal and its leader say.</param>
/// <param name="leader">Who leads it; null when nobody does.</param>
/// <param name="hasAnswered">Whether that leader said what runs.</param>
internal sealed class StatusReport(WorkflowStatus status, LeaderRunningException? leader, bool hasAnswered)
{
    private const int MostRunning = 20;

    /// <summary>One word: finished, running, failed or stopped.</summary>
    private string State => status switch
    {
        { IsComplete: true } => "finished",
        _ when leader is not null => "running",
        { Failed.Count: > 0 } => "failed",
        _ => "stopped",
    };

    public static string Indent(string text) => "  " + text.TrimEnd().ReplaceLineEndings("\n  ");

    public void WriteText(TextWriter output)
    {
        output.WriteLine($"Job store  {status.JobStore}");
        output.WriteLine($"Workflow   {status.Id}, started {status.CreatedAt:yyyy-MM-dd HH:mm:ss}Z");
        output.WriteLine($"State      {Sentence()}");
        output.WriteLine($"Jobs       {status.Total} known, {status.Done} done, {status.Failed.Count} failed{Others()}");
        if (status.HeldUpBy is not null)
        {
            output.WriteLine($"Held up    {status.HeldUpBy}");
        }

        WriteRunning(output);
        foreach (var job in status.Failed)
        {
            WriteFailure(output, job);
        }
    }

    /// <param name="output">Where to write.</param>
    /// <param name="jobs">Single jobs to list; null for none.</param>
    public void WriteJson(Stream output, IReadOnlyList<JobInfo>? jobs = null)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("jobStore", status.JobStore);
            writer.WriteString("workflow", status.Id);
            writer.WriteString("started", status.CreatedAt);
            writer.WriteString("state", State);
            WriteLeader(writer);
            writer.WriteNumber("total", status.Total);
            writer.WriteNumber("done", status.Done);
            writer.WriteNumber("ready", status.Ready);
            writer.WriteNumber("waiting", status.Waiting);
            writer.WriteNumber("parents", status.Parents);
            WriteRunning(writer);
            WriteFailed(writer);
            WriteJobs(writer, jobs);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private string Sentence() => leader is not null ? $"{State}, led by process {leader.ProcessId} on {leader.Host}"
        : status.IsComplete ? State
        : $"{State}; resume it with --restart";

    private string Others()
    {
        var ready = leader is not null && !hasAnswered ? "running or ready (the leader didn't say which)" : leader is null ? "ready" : "ready to run";
        (long Count, string What)[] counts =
            [(status.Running.Count, "running"), (status.Ready, ready), (status.Waiting, "waiting for other jobs"), (status.Parents, "done that have successors to come")];
        return string.Concat(counts.Where(one => one.Count > 0).Select(one => string.Create(CultureInfo.InvariantCulture, $", {one.Count} {one.What}")));
    }

    private void WriteRunning(TextWriter output)
    {
        foreach (var job in status.Running.Take(MostRunning))
        {
            output.WriteLine($"Running    {job.Name} (job {job.Number}) since {job.Since:yyyy-MM-dd HH:mm:ss}Z on {job.Node}");
        }

        if (status.Running.Count > MostRunning)
        {
            output.WriteLine($"           and {status.Running.Count - MostRunning} more: --printStatus shows them");
        }
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

    private void WriteLeader(Utf8JsonWriter writer)
    {
        if (leader is null)
        {
            return;
        }

        writer.WriteStartObject("leader");
        writer.WriteString("host", leader.Host);
        writer.WriteNumber("processId", leader.ProcessId);
        writer.WriteBoolean("answered", hasAnswered);
        writer.WriteEndObject();
    }

    private void WriteRunning(Utf8JsonWriter writer)
    {
        if (status.HeldUpBy is not null)
        {
            writer.WriteString("heldUpBy", status.HeldUpBy);
        }

        writer.WriteStartArray("running");
        foreach (var job in status.Running)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", job.Number);
            writer.WriteString("name", job.Name);
            writer.WriteString("since", job.Since);
            writer.WriteString("node", job.Node);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteFailed(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("failed");
        foreach (var job in status.Failed)
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

    private static void WriteJobs(Utf8JsonWriter writer, IReadOnlyList<JobInfo>? jobs)
    {
        if (jobs is null)
        {
            return;
        }

        writer.WriteStartArray("jobs");
        foreach (var job in jobs)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", job.Number);
            writer.WriteString("name", job.Name);
            writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(job.Status.ToString()));
            writer.WriteString("reason", job.Reason);
            writer.WriteNumber("failedAttempts", job.FailedAttempts);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
