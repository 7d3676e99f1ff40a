using Toil.Cwl.Model;
using Xunit;

namespace Toil.Cwl.Tests;

public class RequirementSetTests
{
    [Fact]
    public void With_OwnRequirement_WinsOverInheritedOne_AndAnyRequirementOverAHint()
    {
        var at = new SourcePosition("x.cwl", 1, 1);
        var outer = new DockerRequirement { Pull = "outer", Position = at };
        var inner = new DockerRequirement { Pull = "inner", Position = at };

        Assert.Equal("outer", RequirementSet.Empty.With([outer], []).With([], [inner]).Get<DockerRequirement>()!.Pull);
        Assert.Equal("inner", RequirementSet.Empty.With([outer], []).With([inner], []).Get<DockerRequirement>()!.Pull);
        Assert.Equal("inner", RequirementSet.Empty.With([], [outer]).With([], [inner]).Get<DockerRequirement>()!.Pull);
        Assert.False(RequirementSet.Empty.With([], [outer]).Demands<DockerRequirement>());
    }
}
