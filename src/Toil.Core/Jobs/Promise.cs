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

    /// <summary>How it stands in an encoded value.</summary>
    internal ValueTag Tag { get; private init; } = ValueTag.Hole;

    /// <summary>The group whose value this is, when it isn't its producer's own: who uses it comes after all of the group.</summary>
    internal Job? Group { get; init; }

    /// <summary>The promise itself as an argument: the job gets it as a <see cref="Promise"/>, known or not, to hand it on to jobs that await it.</summary>
    internal Promise Unresolved() => new(Producer, [.. Path]) { Tag = ValueTag.Reference, Group = Group };

    /// <summary>As an argument: the value down to the promises in it, which the job gets as in <see cref="Unresolved"/>. So the length of a list can be had before its elements.</summary>
    internal Promise Shape() => new(Producer, [.. Path]) { Tag = ValueTag.Shape, Group = Group };

    /// <summary>The promise of a part of what this one promises.</summary>
    internal Promise Part(params object[] path) => new(Producer, [.. Path, .. path.Select(PathStep.Parse)]) { Group = Group };

    public override string ToString() => $"promise of {Producer.Name}{string.Concat(Path)}";
}
