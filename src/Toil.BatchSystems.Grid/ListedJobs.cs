namespace Toil.BatchSystems.Grid;

/// <summary>A job as a scheduler lists it, or the elements of an array that stand alike: there may be very many.</summary>
/// <param name="Status">The job; of elements, with the array's id and name.</param>
/// <param name="Elements">The indices of the elements; null for a job.</param>
internal readonly record struct ListedJobs(BatchJobStatus Status, IReadOnlyList<(int First, int Last)>? Elements = null)
{
    public int Count => Elements?.Sum(range => range.Last - range.First + 1) ?? 1;

    /// <summary>Each by itself: an element's id is the array's and its index, its name the array's and its index.</summary>
    public IEnumerable<BatchJobStatus> Each()
    {
        var status = Status;
        return Elements is null ? [status] : Elements.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))
            .Select(index => Of(status, FormattableString.Invariant($"{status.Id}_{index}"), FormattableString.Invariant($"{status.Name}-{index}")));
    }

    private static BatchJobStatus Of(BatchJobStatus status, string id, string name) =>
        status with { Id = id, Name = name, End = status.End is { } end ? end with { Id = id } : null };
}
