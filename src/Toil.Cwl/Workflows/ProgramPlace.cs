using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>A process where a program uses it.</summary>
/// <param name="Path">The names of the steps that lead to it from the root, with slashes between; empty for the root itself.</param>
/// <param name="Step">The step that runs it; null for the root.</param>
/// <param name="Process">What runs.</param>
/// <param name="Requirements">What holds for the process.</param>
/// <param name="Around">What holds for the step's own expressions: the requirements of the workflow and the step. For the root, the same as <paramref name="Requirements"/>.</param>
/// <param name="StepVersion">The version that the step's own expressions follow.</param>
/// <param name="Overrides">What is required beside what the documents say.</param>
internal sealed record ProgramPlace(
    string Path, WorkflowStep? Step, CwlProcess Process, RequirementSet Requirements, RequirementSet Around, CwlVersion StepVersion, Overrides Overrides)
{
    /// <summary>Where the root of a program stands.</summary>
    /// <param name="root">The process.</param>
    /// <param name="written">Documents that state requirements, which win over its own.</param>
    /// <exception cref="CwlException">They aren't valid.</exception>
    public static ProgramPlace OfRoot(CwlProcess root, IReadOnlyList<WrittenRequirements> written)
    {
        var overrides = Overrides.Read(written, root);
        var all = RequirementSet.Empty.With(root.Requirements, root.Hints).With(overrides.Of(root), []).With([.. written.SelectMany(one => one.Read(root.Version))], []);
        return new("", null, root, all, all, root.Version, overrides);
    }

    /// <summary>What people call it.</summary>
    public string Name => Path.Length > 0 ? Path : Process.Id[(Process.Id.LastIndexOfAny(['#', '/']) + 1)..];

    public SourcePosition Position => Step?.Position ?? Process.Position;

    /// <summary>Where a step of this workflow stands.</summary>
    public ProgramPlace Of(WorkflowStep step)
    {
        var around = Requirements.With(step.Requirements, step.Hints).With(Overrides.Of(Process, step), []);
        var requirements = around.With(step.Run.Requirements, step.Run.Hints).With(Overrides.Of(step.Run), []);
        return new(Path.Length == 0 ? step.Name : $"{Path}/{step.Name}", step, step.Run, requirements, around, Process.Version, Overrides);
    }
}
