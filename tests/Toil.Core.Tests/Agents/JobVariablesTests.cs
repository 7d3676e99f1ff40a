using Toil.Agents;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public class JobVariablesTests
{
    [Fact]
    public void OfAccelerators_BothMakers_ShowsEachDriverItsOwn()
    {
        var variables = JobVariables.OfAccelerators([new("amd", "2"), new("nvidia-k80", "1"), new("amd", "3"), new("nvidia-k80", "4")]).ToDictionary();
        Assert.Equal("1,4", variables["CUDA_VISIBLE_DEVICES"]);
        Assert.Equal("1,4", variables["NVIDIA_VISIBLE_DEVICES"]);
        Assert.Equal("2,3", variables["ROCR_VISIBLE_DEVICES"]);
        Assert.Equal("0,1", variables["HIP_VISIBLE_DEVICES"]);
    }

    [Fact]
    public void OfAccelerators_None_SetsNothing() => Assert.Empty(JobVariables.OfAccelerators([]));

    [Theory]
    [InlineData(0.1, "1")]
    [InlineData(2.9, "2")]
    [InlineData(64, "64")]
    public void ThreadsOf_Cores_AreWholeOnes(double cores, string expected) => Assert.Equal(expected, JobVariables.ThreadsOf(new Requirements(cores, 0, 0)));

    [Fact]
    public async Task Job_HasAccelerators_SeesThemAndHasItsProcessToItself()
    {
        await using var fixture = new AgentFixture();
        var first = await fixture.ValueOf(TestJobs.WorkerProcess);
        Assert.Equal(" ", await fixture.ValueOf(TestJobs.Variable, "CUDA_VISIBLE_DEVICES"));
        var job = fixture.Launch(Job.Of(TestJobs.Variable, "CUDA_VISIBLE_DEVICES"), accelerators: [new("nvidia", "3"), new("nvidia", "5")]);
        Assert.Equal("3,5 3,5", AgentFixture.Value(await fixture.EndOf(job)));
        Assert.Equal(" ", await fixture.ValueOf(TestJobs.Variable, "CUDA_VISIBLE_DEVICES"));
        Assert.NotEqual(first, await fixture.ValueOf(TestJobs.WorkerProcess));
    }

    [Fact]
    public async Task Job_HasCores_SeesThemAsThreads()
    {
        await using var fixture = new AgentFixture();
        var cores = new[] { 4.0, 1.0, 2.5 };
        foreach (var each in cores)
        {
            var job = fixture.Launch(Job.Of(TestJobs.Variable, JobVariables.Threads), requirements: new Requirements(each, 1, 1));
            Assert.Equal($"{(int)each} {(int)each}", AgentFixture.Value(await fixture.EndOf(job)));
        }
    }

    [Fact]
    public async Task Command_HasCoresAndAccelerators_SeesThem()
    {
        await using var fixture = new AgentFixture();
        var command = Job.Command("sh", "-c", "echo $OMP_NUM_THREADS $ROCR_VISIBLE_DEVICES $NVIDIA_VISIBLE_DEVICES");
        var job = fixture.Launch(command, requirements: new Requirements(3, 1, 1), accelerators: [new("amd", "1")]);
        var value = (OrderedDictionary<string, object?>)AgentFixture.Value(await fixture.EndOf(job))!;
        Assert.Equal("3 1 void\n", fixture.StoredText((FileId)value["Output"]!));
    }
}
