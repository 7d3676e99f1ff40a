namespace Toil.BatchSystems;

/// <summary>An amount of a machine in whole units, so that what is taken and given back always sums up.</summary>
internal readonly record struct ResourceAmount(long MilliCores, long Memory, long Disk, AcceleratorAmount Accelerators = default)
{
    /// <summary>A request, rounded up to a thousandth of a core.</summary>
    /// <param name="requirements">The request.</param>
    /// <param name="accelerators">What it takes of the machine's accelerators.</param>
    /// <param name="scale">What its cores are multiplied by.</param>
    public static ResourceAmount Of(Requirements requirements, AcceleratorAmount accelerators = default, double scale = 1) => new(
        (long)Math.Ceiling(Math.Round(requirements.Cores * scale * 1000, 6)), requirements.Memory.Bytes, requirements.Disk.Bytes, accelerators);

    /// <summary>What is left of it when no more than this may be used; a limit that is null isn't one.</summary>
    public ResourceAmount Limit(double? cores, ByteSize? memory, ByteSize? disk) => new(
        Math.Min(MilliCores, (long)Math.Min((cores ?? long.MaxValue) * 1000, long.MaxValue)),
        Math.Min(Memory, memory?.Bytes ?? long.MaxValue),
        Math.Min(Disk, disk?.Bytes ?? long.MaxValue),
        Accelerators);

    public bool FitsIn(ResourceAmount room) => MilliCores <= room.MilliCores && Memory <= room.Memory && Disk <= room.Disk && Accelerators.FitsIn(room.Accelerators);

    public Requirements ToRequirements() => new(MilliCores / 1000.0, Memory, Disk);

    public static ResourceAmount Least(ResourceAmount left, ResourceAmount right) => new(
        Math.Min(left.MilliCores, right.MilliCores), Math.Min(left.Memory, right.Memory), Math.Min(left.Disk, right.Disk),
        AcceleratorAmount.Least(left.Accelerators, right.Accelerators));

    public static ResourceAmount operator +(ResourceAmount left, ResourceAmount right) =>
        new(left.MilliCores + right.MilliCores, left.Memory + right.Memory, left.Disk + right.Disk, left.Accelerators + right.Accelerators);

    public static ResourceAmount operator -(ResourceAmount left, ResourceAmount right) =>
        new(left.MilliCores - right.MilliCores, left.Memory - right.Memory, left.Disk - right.Disk, left.Accelerators - right.Accelerators);
}
