using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Finds requirements of a tool that can't be met.</summary>
internal static class RequirementCheck
{
    /// <exception cref="UnsupportedRequirementException">There is one.</exception>
    public static void Check(RequirementSet requirements, ToolOptions options, Action<string> inform)
    {
        if (requirements.Demands<UnknownRequirement>() && requirements.Get<UnknownRequirement>() is { } unknown)
        {
            throw new UnsupportedRequirementException(unknown.Position, $"The requirement '{unknown.Class}' isn't known. If the tool runs without it, move it to the hints.");
        }

        if (requirements.Demands<InplaceUpdateRequirement>() && requirements.Get<InplaceUpdateRequirement>() is { Enable: true } inplace && options.BypassDirectory is null)
        {
            throw new UnsupportedRequirementException(inplace.Position, "The tool changes its inputs in place (InplaceUpdateRequirement), which files of the job store don't allow. Run the workflow with --bypass-file-store.");
        }

        if (requirements.Get<SoftwareRequirement>() is { Packages.Count: > 0 } software)
        {
            inform($"{software.Position}: The tool uses {string.Join(", ", software.Packages.Select(Describe))}; it has to be on the node, or in the container.");
        }
    }

    private static string Describe(SoftwarePackage package) => package.Versions.Count == 0 ? package.Name : $"{package.Name} {string.Join(" or ", package.Versions)}";
}
