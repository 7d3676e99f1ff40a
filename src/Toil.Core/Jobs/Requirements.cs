using System.Globalization;
using Toil.Values;

namespace Toil;

/// <summary>What a job needs of the node that runs it.</summary>
/// <param name="Cores">Processor cores; fractions such as 0.1 are allowed where the batch system allows them.</param>
/// <param name="Memory">Peak memory.</param>
/// <param name="Disk">Peak size of the job's files on the node.</param>
/// <param name="Preemptible">Whether it may run on a node that can be taken away.</param>
public sealed record Requirements(double Cores, ByteSize Memory, ByteSize Disk, bool Preemptible = false)
{
    /// <summary>GPUs and the like.</summary>
    public AcceleratorRequest Accelerators { get; init; } = AcceleratorRequest.None;

    public override string ToString() =>
        $"{Cores.ToString("0.###", CultureInfo.InvariantCulture)} core{(Cores == 1 ? "" : "s")}, {Memory} memory, {Disk} disk{(Accelerators.IsNone ? "" : $", accelerators {Accelerators}")}";

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteReal(Cores);
        writer.WriteVarint(Memory.Bytes);
        writer.WriteVarint(Disk.Bytes);
        writer.WriteBool(Preemptible);
        writer.WriteString(Accelerators.IsNone ? "" : Accelerators.ToString());
    }

    internal static Requirements ReadFrom(ref ByteReader reader) =>
        new(reader.ReadReal(), reader.ReadVarint(), reader.ReadVarint(), reader.ReadBool()) { Accelerators = AcceleratorRequest.Parse(reader.ReadString()) };
}
