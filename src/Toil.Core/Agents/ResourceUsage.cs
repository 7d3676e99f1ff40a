using Toil.Values;

namespace Toil.Agents;

/// <summary>What an attempt was given of its node, and what it used.</summary>
/// <param name="Started">When it began, by its node's clock.</param>
/// <param name="Wall">How long it took.</param>
/// <param name="Cpu">Processor time, that of its child processes included.</param>
/// <param name="PeakMemory">The most memory that it held at any time.</param>
internal sealed record ResourceUsage(DateTimeOffset Started, TimeSpan Wall, TimeSpan Cpu, ByteSize PeakMemory)
{
    /// <summary>The size of the files in its directory when it ended.</summary>
    public ByteSize Disk { get; init; }

    /// <summary>What it was given; null for what never came to a node.</summary>
    public Requirements? Granted { get; init; }

    /// <summary>The node that ran it; empty for the leader's own.</summary>
    public string Node { get; init; } = "";

    /// <summary>When it ended, to the millisecond as <see cref="Started"/> is written: never later than the start of what it releases.</summary>
    public DateTimeOffset Ended => DateTimeOffset.FromUnixTimeMilliseconds((Started + Wall).ToUnixTimeMilliseconds());

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteVarint(Started.ToUnixTimeMilliseconds());
        writer.WriteVarint(Wall.Ticks);
        writer.WriteVarint(Cpu.Ticks);
        writer.WriteVarint(PeakMemory.Bytes);
        writer.WriteVarint(Disk.Bytes);
        writer.WriteString(Node);
        writer.WriteVarint(Granted is null ? -1 : (long)Math.Round(Granted.Cores * 1000));
        if (Granted is not null)
        {
            writer.WriteVarint(Granted.Memory.Bytes);
            writer.WriteVarint(Granted.Disk.Bytes);
        }
    }

    public static ResourceUsage ReadFrom(ref ByteReader reader)
    {
        var usage = new ResourceUsage(
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadVarint()), new TimeSpan(reader.ReadVarint()), new TimeSpan(reader.ReadVarint()), reader.ReadVarint())
        {
            Disk = reader.ReadVarint(),
            Node = reader.ReadString(),
        };
        var milliCores = reader.ReadVarint();
        return milliCores < 0 ? usage : usage with { Granted = new Requirements(milliCores / 1000.0, reader.ReadVarint(), reader.ReadVarint()) };
    }
}
