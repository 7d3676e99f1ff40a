using Toil.Cwl.Model;

namespace Toil.Cwl.Running;

/// <summary>Finds out whether files are to be changed where they are, which files of a job store never are.</summary>
internal static class InplaceUpdates
{
    /// <summary>Whether a process, or one that it runs, requires it.</summary>
    public static bool AreIn(CwlProcess process) =>
        AreIn(process.Requirements) || (process is CwlWorkflow workflow && workflow.Steps.Any(step => AreIn(step.Requirements) || AreIn(step.Run)));

    private static bool AreIn(IReadOnlyList<Requirement> requirements) => requirements.OfType<InplaceUpdateRequirement>().Any(requirement => requirement.Enable);
}
