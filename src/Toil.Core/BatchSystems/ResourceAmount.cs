namespace Toil.BatchSystems;

/// <summary>An amount of a machine in whole units, so that what is taken and given back always sums up.</summary>
internal readonly record struct ResourceAmount(long MilliCores, long Memory, long Disk)
{
    /// <summary>A request, rounded up to a thousandth of a core.</summary>
    public static ResourceAmount Of(Requirements requirements) => new(
        (long)Math.Ceiling(Math.Round(requirements.Cores * 1000, 6)), requirements.Memory.Bytes, requirements.Disk.Bytes);

    /// <summary>What is left of it when no more than this may be used; a limit that is null isn't one.</summary>
    public ResourceAmount Limit(double? cores, ByteSize? memory, ByteSize? disk) => new(
        Math.Min(MilliCores, (long)Math.Min((cores ?? long.MaxValue) * 1000, long.MaxValue)),
        Math.Min(Memory, memory?.Bytes ?? long.MaxValue),
        Math.Min(Disk, disk?.Bytes ?? long.MaxValue));

    public bool FitsIn(ResourceAmount room) => MilliCores <= room.MilliCores && Memory <= room.Memory && Disk <= room.Disk;

    public Requirements ToRequirements() => new(MilliCores / 1000.0, Memory, Disk);

    public static ResourceAmount Least(ResourceAmount left, ResourceAmount right) => new(
        Math.Min(left.MilliCores, right.MilliCores), Math.Min(left.Memory, right.Memory), Math.Min(left.Disk, right.Disk));

    public static ResourceAmount operator +(ResourceAmount left, ResourceAmount right) =>
        new(left.MilliCores + right.MilliCores, left.Memory + right.Memory, left.Disk + right.Disk);

    public static ResourceAmount operator -(ResourceAmount left, ResourceAmount right) =>
        new(left.MilliCores - right.MilliCores, left.Memory - right.Memory, left.Disk - right.Disk);
}
