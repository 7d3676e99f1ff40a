using Toil.JobStores;
using Toil.Values;

namespace Toil;

/// <summary>An error as data: it crosses processes and the journal, and keeps what the user's own error said.</summary>
/// <param name="Type">The error's type or stable id, such as <c>System.IO.FileNotFoundException</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Position">Where in the user's code, as <c>file:line:column</c> or a stack trace; empty when not known.</param>
/// <param name="Category">PowerShell's error category, empty elsewhere.</param>
/// <param name="Retryable">False when another try can't end differently (a graph error, a promise path out of range).</param>
public sealed record ErrorInfo(string Type, string Message, string Position = "", string Category = "", bool Retryable = true)
{
    private static readonly string[] EngineFrames =
        ["--- End of stack trace", "at InvokeStub_", "at System.Reflection.", "at Toil.Agents.", "at Toil.Jobs.MethodJob.", "at Toil.Values."];

    public static ErrorInfo From(Exception exception) => (exception as ToilException)?.Describe() ?? new(
        exception.GetType().FullName ?? exception.GetType().Name,
        StorageFailure.AdviceOn(exception) is { } advice ? $"{exception.Message.TrimEnd('.')}. {advice}" : exception.Message,
        UserFrames(exception.StackTrace ?? ""),
        Retryable: exception is not JobGraphException);

    /// <summary>Users look for their own code: what called it is cut off. What it called stays, also where that is the engine.</summary>
    private static string UserFrames(string stack)
    {
        var frames = stack.Split('\n');
        var last = Array.FindLastIndex(frames, frame => !EngineFrames.Any(frame.Contains));
        return string.Join('\n', frames.Take(Math.Max(1, last + 1))).TrimEnd();
    }

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Type);
        writer.WriteString(Message);
        writer.WriteString(Position);
        writer.WriteString(Category);
        writer.WriteBool(Retryable);
    }

    internal static ErrorInfo ReadFrom(ref ByteReader reader) => new(
        reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadBool());
}
