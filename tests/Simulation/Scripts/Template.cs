using Toil.Simulation.Model;
using Toil.Values;

namespace Toil.Simulation.Scripts;

/// <summary>What a script's expression is before the job runs.</summary>
internal abstract record Template
{
    internal sealed record Literal(object? Content) : Template;

    /// <summary>An entry of the job's own arguments; null takes all of them.</summary>
    /// <param name="Key">Which.</param>
    /// <param name="HandsOn">Whether promises in it that the job was handed stay such, instead of being resolved.</param>
    internal sealed record Argument(string? Key, bool HandsOn = false) : Template;

    /// <summary>A promise of a job that the script makes, or (-1) of the running job itself.</summary>
    internal sealed record Promised(int Job, IReadOnlyList<PathStep> Path, GapKind Kind = GapKind.Whole) : Template;

    internal sealed record NewFile(int Index) : Template;

    internal sealed record Items(IReadOnlyList<Template> Nodes) : Template;

    internal sealed record Entries(IReadOnlyList<KeyValuePair<string, Template>> Nodes) : Template;
}
