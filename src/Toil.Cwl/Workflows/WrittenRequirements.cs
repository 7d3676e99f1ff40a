using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>A document that isn't part of a process and states requirements of it: an input object, or one that holds overrides.</summary>
/// <param name="Text">The whole document.</param>
/// <param name="Uri">Where it comes from.</param>
internal sealed record WrittenRequirements(ReadOnlyMemory<byte> Text, string Uri)
{
    /// <summary>Those of the process that it is for.</summary>
    /// <exception cref="CwlException">They aren't valid, or not for a process of this version.</exception>
    public IReadOnlyList<Requirement> Read(CwlVersion version)
    {
        var problems = new ProblemList();
        var requirements = InputObject.Parse(Text, Uri).ReadRequirements(version, problems);
        problems.ThrowIfAny();
        return requirements;
    }
}
