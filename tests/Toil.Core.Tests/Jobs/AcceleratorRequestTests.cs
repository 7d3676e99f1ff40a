using Toil.Values;
using Xunit;

namespace Toil.Tests.Jobs;

public class AcceleratorRequestTests
{
    [Theory]
    [InlineData("", "0")]
    [InlineData("0", "0")]
    [InlineData("2", "gpu:2")]
    [InlineData("gpu", "gpu:1")]
    [InlineData("NVIDIA:2", "nvidia:2")]
    [InlineData("nvidia-tesla-k80:2, amd", "amd:1,nvidia-tesla-k80:2")]
    [InlineData("nvidia,nvidia:2", "nvidia:3")]
    public void Parse_Valid_HasOneSpelling(string text, string expected)
    {
        var request = AcceleratorRequest.Parse(text);
        Assert.Equal(expected, request.ToString());
        Assert.Equal(AcceleratorRequest.Parse(expected), request);
        Assert.Equal(AcceleratorRequest.Parse(expected).GetHashCode(), request.GetHashCode());
    }

    [Theory]
    [InlineData("gpu:0")]
    [InlineData("nvidia:")]
    [InlineData("nvidia:-1")]
    [InlineData("nvidia:1:2")]
    [InlineData("a b")]
    [InlineData(",")]
    [InlineData("-1")]
    public void Parse_Invalid_Throws(string text) => Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => AcceleratorRequest.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("gpu:3", "1,2")]
    [InlineData("nvidia:2", "0,2")]
    [InlineData("cuda,rocm", "1,1")]
    [InlineData("nvidia-a100", "0,1")]
    [InlineData("gpu:2,nvidia-a100-sxm4:2", null)]
    [InlineData("gpu:1,nvidia-a100-sxm4:2", "1,2")]
    [InlineData("nvidia-a1", null)]
    [InlineData("gpu:4", null)]
    [InlineData("0", "0,0")]
    public void AssignFrom_Machine_TakesWhatFits(string asked, string? expected) =>
        Assert.Equal(expected, AcceleratorRequest.Parse(asked).AssignFrom("amd:1,nvidia-a100-sxm4:2") is { } taken ? string.Join(',', taken) : null);

    [Fact]
    public void ResourceRequest_WithAccelerators_IsEqualByValueAndSurvivesTheJournal()
    {
        var request = new ResourceRequest(Cores: 2) { Accelerators = "nvidia:2,amd" };
        Assert.Equal(new ResourceRequest(Cores: 2) { Accelerators = "amd:1,nvidia:2" }, request);
        Assert.NotEqual(new ResourceRequest(Cores: 2), request);
        foreach (var each in new[] { request, new ResourceRequest { Accelerators = AcceleratorRequest.None }, ResourceRequest.Defaults })
        {
            var writer = new ByteWriter();
            each.WriteTo(writer);
            var reader = new ByteReader(writer.Written.Span);
            Assert.Equal(each, ResourceRequest.ReadFrom(ref reader));
        }
    }

    [Fact]
    public void Resolve_DefaultAccelerators_AreForThoseThatDoNotSay()
    {
        var defaults = new ToilOptions { DefaultAccelerators = "gpu" }.DefaultRequirements;
        Assert.Equal("gpu:1", ResourceRequest.Defaults.Resolve(defaults).Accelerators.ToString());
        Assert.True(new ResourceRequest { Accelerators = 0 }.Resolve(defaults).Accelerators.IsNone);
    }

    [Fact]
    public void With_Accelerators_LeavesTheRest()
    {
        var job = Job.Command("true").With(cores: 2).With(accelerators: "amd").With(memory: 5);
        Assert.Equal((2.0, "amd:1", 5L), (job.Request.Cores, job.Request.Accelerators!.ToString(), job.Request.Memory!.Value.Bytes));
    }
}
