using Toil.Values;

namespace Toil;

/// <summary>
/// A job's return value, or a part of it, before it is known. It may be an argument of another job, stand inside a
/// collection, or be returned from a job; the engine puts the value in its place.
/// </summary>
public class Promise
{
    internal Promise(Job producer, PathStep[] path) => (Producer, Path) = (producer, path);

    /// <summary>The job whose return value is meant.</summary>
    public Job Producer { get; }

    /// <summary>The way from the return value to the part that is meant; empty for all of it.</summary>
    public IReadOnlyList<PathStep> Path { get; }

    /// <summary>The group whose value this is, when it isn't its producer's own: who uses it comes after all of the group.</summary>
    internal Job? Group { get; init; }

    public override string ToString() => $"promise of {Producer.Name}{string.Concat(Path)}";
}
