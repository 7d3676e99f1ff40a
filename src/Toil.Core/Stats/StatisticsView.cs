namespace Toil.Stats;

/// <summary>Which statistics to show, in which order.</summary>
internal sealed record StatisticsView
{
    /// <summary>What orders jobs besides the columns.</summary>
    private const string ByName = "name";
    private const string ByCount = "count";

    public static readonly IReadOnlyList<string> SortCategories = [.. StatisticsColumn.All.Select(column => column.Name), ByName, ByCount];

    public IReadOnlyList<StatisticsColumn> Columns { get; init; } = StatisticsColumn.All;

    /// <summary>One of <see cref="SortCategories"/>.</summary>
    public string SortCategory { get; init; } = "time";

    /// <summary>The name of one of <see cref="StatisticsColumn.Fields"/>.</summary>
    public string SortField { get; init; } = "med";

    /// <summary>The greatest first.</summary>
    public bool SortReverse { get; init; }

    /// <summary>Plain seconds and bytes, instead of units that people read.</summary>
    public bool IsPlain { get; init; }

    public IEnumerable<JobStatistics> Order(IEnumerable<JobStatistics> jobs)
    {
        var ordered = SortCategory == ByName ? jobs.OrderBy(job => job.Name, StringComparer.Ordinal) : jobs.OrderBy(KeyOf);
        return SortReverse ? ordered.Reverse() : ordered;
    }

    /// <summary>Whether the jobs are ordered by this figure.</summary>
    public bool IsSortedBy(StatisticsColumn column, string field) => column.Name == SortCategory && field == SortField;

    private double KeyOf(JobStatistics job) => SortCategory == ByCount
        ? job.Count
        : StatisticsColumn.Fields.First(field => field.Name == SortField).Of(StatisticsColumn.All.First(column => column.Name == SortCategory).Of(job));
}
