namespace Toil.BatchSystems;

/// <summary>A job of the batch system, and the attempts that it runs, one after the other. Its state belongs to <see cref="RemoteAttempts"/>.</summary>
internal sealed class RemoteJob(string id, RemoteAttempt[] attempts)
{
    public string Id => id;

    /// <summary>In the order in which they run.</summary>
    public RemoteAttempt[] Attempts => attempts;

    /// <summary>Those of which something may still be heard.</summary>
    public int Left { get; set; } = attempts.Length;

    /// <summary>The batch system has told its end.</summary>
    public bool HasEnded { get; set; }
}
