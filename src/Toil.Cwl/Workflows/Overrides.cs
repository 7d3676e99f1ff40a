using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Workflows;

/// <summary>What users require of processes and steps beside what these say themselves: the extension <c>cwltool:overrides</c>.</summary>
internal sealed class Overrides
{
    public static readonly Overrides None = new();

    private readonly Dictionary<string, (SourcePosition Position, List<Requirement> Requirements)> _byId = new(StringComparer.Ordinal);

    private Overrides()
    {
    }

    /// <summary>Reads them. The later wins.</summary>
    /// <param name="written">The documents that may hold some.</param>
    /// <param name="process">What is run: targets are relative to its document.</param>
    /// <exception cref="CwlException">They aren't valid.</exception>
    public static Overrides Read(IReadOnlyList<WrittenRequirements> written, CwlProcess process)
    {
        if (written.Count == 0)
        {
            return None;
        }

        var (problems, overrides, document) = (new ProblemList(), new Overrides(), new SourceDocument(Links.WithoutFragment(process.Id)));
        foreach (var one in written)
        {
            foreach (var (target, position, requirements) in InputObject.Parse(one.Text, one.Uri).ReadOverrides(problems))
            {
                var id = Links.Resolve(document, target);
                overrides._byId.TryAdd(id, (position, []));
                overrides._byId[id].Requirements.AddRange(requirements);
            }
        }

        problems.ThrowIfAny();
        return overrides;
    }

    public IReadOnlyList<Requirement> Of(CwlProcess process) => Of(process.Id);

    public IReadOnlyList<Requirement> Of(CwlProcess workflow, WorkflowStep step) => _byId.Count == 0 ? [] : Of(IdOf(workflow, step));

    /// <summary>Complains of those that are for nothing that is run.</summary>
    public void Check(CwlProcess root, ProblemList problems)
    {
        if (_byId.Count == 0)
        {
            return;
        }

        var known = IdsOf(root).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, (position, _)) in _byId.Where(entry => !known.Contains(entry.Key)))
        {
            problems.Warn(position, $"Nothing that is run is called {id}; the override is ignored. There are {string.Join(", ", known.Order(StringComparer.Ordinal).Take(10))}{(known.Count > 10 ? ", …" : "")}.");
        }
    }

    private List<Requirement> Of(string id) => _byId.TryGetValue(id, out var found) ? found.Requirements : [];

    private static IEnumerable<string> IdsOf(CwlProcess process) => process is not CwlWorkflow workflow
        ? [process.Id]
        : [process.Id, .. workflow.Steps.SelectMany(step => IdsOf(step.Run).Prepend(IdOf(workflow, step)))];

    private static string IdOf(CwlProcess workflow, WorkflowStep step) => $"{workflow.Id}{(workflow.Id.Contains('#', StringComparison.Ordinal) ? '/' : '#')}{step.Name}";
}
