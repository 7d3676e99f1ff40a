using Toil.Values;

namespace Toil.Agents;

/// <summary>What a job wants done on its node once its attempt has ended, as it stands in a file of its own.</summary>
/// <param name="Worker">The program that can run it.</param>
/// <param name="Order">What to run: the attempt's name, with the action's code and arguments.</param>
internal sealed record DeferredAction(WorkerSpec Worker, LaunchOrder Order)
{
    /// <param name="action">What to run.</param>
    /// <param name="owner">The attempt that wants it.</param>
    /// <param name="worker">The program that can run it.</param>
    /// <exception cref="ToilException">It uses promises.</exception>
    public static DeferredAction Of(Job action, LaunchOrder owner, WorkerSpec worker) => action.Arguments.Holes.Length == 0
        ? new DeferredAction(worker, owner with { Code = action.Code, Arguments = action.Arguments.Bind(_ => 0), IsService = false })
        : throw new ToilException("A deferred action can't use promises: it runs when its own job has ended.");

    /// <summary>A program that is run as it is.</summary>
    public static DeferredAction Of(IReadOnlyList<string> command, LaunchOrder owner) =>
        new(new WorkerSpec(command[0], [.. command.Skip(1)]), owner with { Arguments = UnboundValue.Null.Bind(_ => 0), IsService = false });

    public byte[] Encode()
    {
        var writer = new ByteWriter();
        Worker.WriteTo(writer);
        Order.WriteTo(writer, withCode: true);
        return writer.ToArray();
    }

    public static DeferredAction Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var worker = WorkerSpec.ReadFrom(ref reader);
        return new DeferredAction(worker, LaunchOrder.ReadFrom(ref reader, new Dictionary<Hash128, Code>()));
    }
}
