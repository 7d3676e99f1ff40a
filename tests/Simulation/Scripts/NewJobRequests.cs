namespace Toil.Simulation.Scripts;

/// <summary>The few requests that generated jobs make.</summary>
internal static class NewJobRequests
{
    /// <summary>The kind that no node can ever meet.</summary>
    public const int TooLarge = 4;

    public static readonly Requirements Largest = new(8, ByteSize.Parse("64Gi"), ByteSize.Parse("64Gi"));

    private static readonly ResourceRequest[] Kinds =
    [
        ResourceRequest.Defaults,
        new(Cores: 0.5),
        new(Memory: ByteSize.Parse("3Gi"), Preemptible: true),
        new(Memory: ByteSize.Parse("100Mi"), Disk: ByteSize.Parse("1Mi")),
        new(Cores: 64),
    ];

    public static ResourceRequest Of(int kind) => Kinds[kind];
}
