using Toil.Values;

namespace Toil;

/// <summary>What a job asks for itself. A part that is null takes the workflow's default, also one that changes on resume.</summary>
public sealed record ResourceRequest(double? Cores = null, ByteSize? Memory = null, ByteSize? Disk = null, bool? Preemptible = null)
{
    public static readonly ResourceRequest Defaults = new();

    /// <summary>GPUs and the like.</summary>
    public AcceleratorRequest? Accelerators { get; init; }

    public Requirements Resolve(Requirements defaults) => new(
        Cores ?? defaults.Cores, Memory ?? defaults.Memory, Disk ?? defaults.Disk, Preemptible ?? defaults.Preemptible)
    {
        Accelerators = Accelerators ?? defaults.Accelerators,
    };

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteReal(Cores ?? double.NaN);
        writer.WriteVarint(Memory?.Bytes ?? -1);
        writer.WriteVarint(Disk?.Bytes ?? -1);
        writer.WriteVarint(Preemptible is { } preemptible ? (preemptible ? 1 : 0) : -1);
        writer.WriteString(Accelerators?.ToString() ?? "");
    }

    internal static ResourceRequest ReadFrom(ref ByteReader reader)
    {
        var cores = reader.ReadReal();
        var memory = reader.ReadVarint();
        var disk = reader.ReadVarint();
        var preemptible = reader.ReadVarint();
        var accelerators = reader.ReadString();
        return accelerators.Length == 0 && double.IsNaN(cores) && memory < 0 && disk < 0 && preemptible < 0
            ? Defaults
            : new ResourceRequest(
                double.IsNaN(cores) ? null : cores,
                memory < 0 ? (ByteSize?)null : new ByteSize(memory),
                disk < 0 ? (ByteSize?)null : new ByteSize(disk),
                preemptible < 0 ? null : preemptible == 1)
            {
                Accelerators = accelerators.Length == 0 ? null : AcceleratorRequest.Parse(accelerators),
            };
    }
}
