namespace Toil;

/// <summary>Something that has just happened in a running workflow.</summary>
/// <param name="At">When, by the leader's clock.</param>
public abstract record WorkflowEvent(DateTimeOffset At);

/// <summary>Something that has just happened to a job.</summary>
/// <param name="At">When, by the leader's clock.</param>
/// <param name="Number">The job's number.</param>
/// <param name="Name">The job's name.</param>
/// <param name="Attempt">Which of its attempts, as logs call it.</param>
public abstract record JobEvent(DateTimeOffset At, long Number, string Name, string Attempt) : WorkflowEvent(At);

/// <summary>A job may run: it was given to the batch system.</summary>
public sealed record JobIssued(DateTimeOffset At, long Number, string Name, string Attempt, Requirements Requirements) : JobEvent(At, Number, Name, Attempt);

/// <summary>A job was started on a node.</summary>
public sealed record JobStarted(DateTimeOffset At, long Number, string Name, string Attempt) : JobEvent(At, Number, Name, Attempt);

/// <summary>A job's run is committed: durable, whatever happens now.</summary>
public sealed record JobCompleted(DateTimeOffset At, long Number, string Name, string Attempt) : JobEvent(At, Number, Name, Attempt);

/// <summary>An attempt failed.</summary>
/// <param name="At">When, by the leader's clock.</param>
/// <param name="Number">The job's number.</param>
/// <param name="Name">The job's name.</param>
/// <param name="Attempt">Which of its attempts, as logs call it.</param>
/// <param name="Error">Why.</param>
/// <param name="WillRetry">Whether another attempt follows.</param>
public sealed record JobFailed(DateTimeOffset At, long Number, string Name, string Attempt, ErrorInfo Error, bool WillRetry) : JobEvent(At, Number, Name, Attempt);

/// <summary>How many nodes of a kind there are now.</summary>
/// <param name="At">When, by the leader's clock.</param>
/// <param name="NodeType">The kind; for a batch system without kinds its own name.</param>
/// <param name="Nodes">How many.</param>
public sealed record ClusterSizeChanged(DateTimeOffset At, string NodeType, int Nodes) : WorkflowEvent(At);
