namespace Toil;

/// <summary>A part of a <see cref="ResourceRequest"/>.</summary>
public enum RequestPart : byte
{
    Cores = 0,
    Memory = 1,
    Disk = 2,
    Preemptible = 3,
    Accelerators = 4,
}
