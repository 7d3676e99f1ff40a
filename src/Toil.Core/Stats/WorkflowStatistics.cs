namespace Toil;

/// <summary>What a workflow's jobs used, by name.</summary>
/// <param name="JobStore">Its job store.</param>
/// <param name="Workflow">Its unique id.</param>
/// <param name="Runtime">How long its leaders ran together, up to the last thing recorded.</param>
/// <param name="All">All jobs together.</param>
/// <param name="Jobs">The jobs of each name, in the order in which the names appeared.</param>
public sealed record WorkflowStatistics(string JobStore, Guid Workflow, TimeSpan Runtime, JobStatistics All, IReadOnlyList<JobStatistics> Jobs);
