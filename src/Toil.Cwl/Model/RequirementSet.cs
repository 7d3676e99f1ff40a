using System.Diagnostics.CodeAnalysis;

namespace Toil.Cwl.Model;

/// <summary>What holds for a process where it is used: its own requirements, then those of the step and the workflows around it, then hints in the same order.</summary>
internal sealed class RequirementSet
{
    public static readonly RequirementSet Empty = new([], []);

    private readonly Dictionary<Type, Requirement> _requirements;
    private readonly Dictionary<Type, Requirement> _hints;

    private RequirementSet(Dictionary<Type, Requirement> requirements, Dictionary<Type, Requirement> hints) =>
        (_requirements, _hints) = (requirements, hints);

    /// <summary>What holds inside a step or a process that states more: it wins over what it inherits.</summary>
    public RequirementSet With(IReadOnlyList<Requirement> requirements, IReadOnlyList<Requirement> hints) =>
        requirements.Count + hints.Count == 0 ? this : new(Over(_requirements, requirements), Over(_hints, hints));

    /// <summary>The requirement or else the hint of a kind.</summary>
    public bool TryGet<T>([NotNullWhen(true)] out T? found)
        where T : Requirement => (found = Get<T>()) is not null;

    public T? Get<T>()
        where T : Requirement => (T?)(_requirements.GetValueOrDefault(typeof(T)) ?? _hints.GetValueOrDefault(typeof(T)));

    /// <summary>Whether it must be met, instead of only being wished for.</summary>
    public bool Demands<T>()
        where T : Requirement => _requirements.ContainsKey(typeof(T));

    private static Dictionary<Type, Requirement> Over(Dictionary<Type, Requirement> inherited, IReadOnlyList<Requirement> own)
    {
        var all = new Dictionary<Type, Requirement>(inherited);
        foreach (var requirement in own)
        {
            all[requirement.GetType()] = requirement;
        }

        return all;
    }
}
