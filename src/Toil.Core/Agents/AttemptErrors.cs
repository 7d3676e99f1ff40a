using System.Globalization;

namespace Toil.Agents;

/// <summary>The errors that the agent itself raises for an attempt.</summary>
internal static class AttemptErrors
{
    public static readonly ErrorInfo Cancelled = new("Toil.Cancelled", "The attempt was stopped before its end.");

    public static readonly ErrorInfo OutOfMemory = new(
        "Toil.OutOfMemory", "The kernel ended the job because memory ran out. Ask for more memory for it, or retry with --doubleMem.");

    public static readonly ErrorInfo PilotEnded = new(
        "Toil.Preempted", "The batch system ended the pilot that ran the job: its time was over, or its node was needed for something else.");

    public static ErrorInfo TimeLimit(TimeSpan elapsed, TimeSpan limit) => new(
        "Toil.TimeLimit", string.Create(CultureInfo.InvariantCulture, $"The attempt took {elapsed.TotalSeconds:0.#} s, but at most {limit.TotalSeconds:0.#} s are allowed. Raise --maxJobDuration, or split the job."));

    public static ErrorInfo OverMemory(ByteSize used, ByteSize asked) => new(
        "Toil.OverMemory", $"The job used {used} of memory, but asked for {asked}, which --enforceMemory doesn't let pass. Ask for more memory for it, or retry with --doubleMem.");

    public static ErrorInfo WorkerDied(ChildExit exit) => new("Toil.WorkerDied", exit.Signal == 0
        ? $"The job ended its worker process with exit code {exit.Code} (did it call exit?). Let it return, or throw an error to fail."
        : $"The worker process {exit}.");

    public static ErrorInfo WorkerNotStarted(WorkerSpec spec, string what, string log) => new(
        "Toil.WorkerNotStarted", $"The worker process '{spec}' {what}.{Quote(log)}");

    public static ErrorInfo NoWorkers(LaunchOrder order) => new(
        "Toil.NoWorkers", $"Job '{order.JobName}' needs a {order.Code.Vehicle} worker, and this workflow was started without any.", Retryable: false);

    public static ErrorInfo CommandNotStarted(string program, string reason) => new(
        "Toil.CommandNotStarted", $"The command '{program}' can't be started: {reason}. Is it installed on this node, and on PATH?");

    public static ErrorInfo CommandFailed(string program, ChildExit exit, string log) => new(
        "Toil.CommandFailed", $"The command '{program}' {exit}.{Quote(log)}");

    private static string Quote(string log)
    {
        const int most = 2000;
        var text = log.Trim();
        return text.Length == 0 ? " It wrote nothing to its standard error." : $" Its last output was:\n{(text.Length > most ? $"…{text[^most..]}" : text)}";
    }
}
