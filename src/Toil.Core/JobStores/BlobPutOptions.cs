namespace Toil.JobStores;

/// <summary>How a blob is put.</summary>
public sealed record BlobPutOptions
{
    /// <summary>Replace what is there.</summary>
    public static readonly BlobPutOptions Replace = new();

    /// <summary>Put only if nothing is there; of several at once, exactly one succeeds.</summary>
    public static readonly BlobPutOptions IfAbsent = new() { OnlyIfAbsent = true };

    /// <summary>Leave what is there as it is.</summary>
    public bool OnlyIfAbsent { get; init; }

    /// <summary>Remember the content as an executable file. A put file brings its own bit.</summary>
    public bool IsExecutable { get; init; }
}
