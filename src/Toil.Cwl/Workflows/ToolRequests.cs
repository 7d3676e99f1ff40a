using Toil.Cwl.Expressions;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;

namespace Toil.Cwl.Workflows;

/// <summary>What tools ask of their nodes.</summary>
internal static class ToolRequests
{
    /// <summary>Whether only a tool's inputs say what it asks for.</summary>
    public static bool NeedInputs(RequirementSet requirements) =>
        (requirements.Get<ResourceRequirement>() is { } resources && HasExpression(resources))
        || requirements.Get<CudaRequirement>() is { CountMin: CwlText } or { CountMax: CwlText };

    public static ResourceRequest Of(CwlProgram program, ProgramPlace place, object? inputs) =>
        ToolResources.RequestOf(
            place.Process,
            place.Requirements,
            inputs,
            new Evaluator(place.Process.Version, place.Requirements.Get<InlineJavascriptRequirement>(), program.Options.Evaluation));

    private static bool HasExpression(ResourceRequirement asked) =>
        asked.CoresMin is CwlText || asked.CoresMax is CwlText || asked.RamMin is CwlText || asked.RamMax is CwlText
        || asked.TmpdirMin is CwlText || asked.TmpdirMax is CwlText || asked.OutdirMin is CwlText || asked.OutdirMax is CwlText;
}
