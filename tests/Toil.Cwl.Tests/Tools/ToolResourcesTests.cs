using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class ToolResourcesTests
{
    [Fact]
    public void RequestOf_NothingSaid_IsTheVersionsDefault()
    {
        Assert.Equal(new ResourceRequest(1, "256Mi"), RequestOf(CwlVersion.V1_2));
        Assert.Equal(new ResourceRequest(1, "1Gi"), RequestOf(CwlVersion.V1_0));
    }

    [Fact]
    public void RequestOf_AmountsAndExpressions_AreTheLeastThatIsAsked()
    {
        var asked = new ResourceRequirement { CoresMin = 1.5, CoresMax = 4L, RamMax = Text("$(inputs.ram)"), TmpdirMin = 10L, OutdirMin = 0.5, Position = Here };
        Assert.Equal(new ResourceRequest(1.5, "300Mi", 11010048), RequestOf(CwlVersion.V1_2, asked));
        var runtime = ToolResources.Of(CwlVersion.V1_2, RequirementSet.Empty.With([asked], []), Map(("ram", 300L)), Evaluator()).ToRuntime("/out", "/tmp");
        Assert.Equal([2L, 300L, 10L, 1L, "/tmp", "/out"], runtime.Values);
    }

    [Fact]
    public void RequestOf_Gpus_AreAccelerators() =>
        Assert.Equal("cuda:2", RequestOf(CwlVersion.V1_2, new CudaRequirement { CountMin = 2L, Position = Here }).Accelerators!.ToString());

    [Theory]
    [InlineData(2L, 1L)]
    [InlineData(-1L, null)]
    [InlineData("many", null)]
    public void RequestOf_Nonsense_IsAnError(object least, object? most) =>
        Assert.Throws<CwlException>(() => RequestOf(CwlVersion.V1_2, new ResourceRequirement { CoresMin = least, CoresMax = most, Position = Here }));

    private static Evaluator Evaluator() => new(CwlVersion.V1_2, null, EvaluatorOptions.Default);

    private static ResourceRequest RequestOf(CwlVersion version, params Requirement[] requirements) =>
        ToolResources.RequestOf(Script("true") with { Version = version }, RequirementSet.Empty.With(requirements, []), Map(("ram", 300L)), Evaluator());
}
