namespace Toil.Values;

/// <summary>Why a promise can't be given its value.</summary>
internal sealed record PathError(Hole Hole, string Reason, bool NotYetKnown)
{
    /// <summary>The jobs whose values led to it, the first promised first.</summary>
    public IReadOnlyList<long> Chain { get; init; } = [];
}
