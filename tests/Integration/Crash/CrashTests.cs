using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Crash;

/// <summary>Leaders and workers killed at random moments: the end is the same as without, and every effect happens once.</summary>
public sealed class CrashTests
{
    public static TheoryData<Shape, int, string> Shapes => new()
    {
        { Shape.FanOut, 40, "22140" },
        { Shape.Chain, 30, "the end of the chain" },
        { Shape.Tree, 4, "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1010 1011 1100 1101 1110 1111" },
        { Shape.Files, 25, "25300 bytes" },
        { Shape.ManyThenAll, 21_000, "385 the end of the chain 6015 bytes 00 01 10 11" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Workflow_KilledAtRandom_EndsAsIfUndisturbed(Shape shape, int jobs, string expected) => KillAndCompleteAsync(shape, jobs, expected, seed: 1);

    [Theory(Explicit = true)]
    [MemberData(nameof(Shapes))]
    public async Task Workflow_KilledAtRandomManyTimes_EndsAsIfUndisturbed(Shape shape, int jobs, string expected)
    {
        for (var seed = 2; seed <= 6; seed++)
        {
            await KillAndCompleteAsync(shape, jobs, expected, seed);
        }
    }

    [Fact]
    public Task Mixture_LeaderWorkersAndJanitorKilledTwentyTimes_EndsAsIfUndisturbed() => KillOftenAsync(numbers: 180, kills: 20, seed: 7);

    [Fact(Explicit = true)]
    public Task Mixture_LeaderWorkersAndJanitorKilledTwoHundredTimes_EndsAsIfUndisturbed() => KillOftenAsync(numbers: 1200, kills: 200, seed: 8);

    /// <summary>The workflow has five jobs for every three numbers, and two more.</summary>
    private static async Task KillOftenAsync(int numbers, int kills, int seed)
    {
        using var scratch = new Scratch();
        var scenario = new CrashScenario(scratch, seed) { MostKills = kills, MostRunsBetween = 5 };
        var output = await scenario.RunAsync(restart => Start(scratch, Shape.Mixture, numbers, restart, delay: 40));
        Assert.Equal($"{Enumerable.Range(1, numbers).Sum(number => (long)number * number)}", output);
        Assert.InRange(scenario.Kills, kills, kills + 1);
        Assert.Empty(StoreView.GlobalFiles(scratch));
        (await WorkflowProcess.ToilAsync(scratch, "clean", scratch.Store)).ExpectOutput();
        Assert.False(Directory.Exists(scratch.Store));
    }

    private static async Task KillAndCompleteAsync(Shape shape, int jobs, string expected, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        using var scratch = new Scratch();
        var output = await new CrashScenario(scratch, seed).RunAsync(restart => Start(scratch, shape, jobs, restart));
        Assert.Equal(expected, output);
        Assert.Equal(shape is Shape.Files or Shape.ManyThenAll ? 1 : 0, StoreView.GlobalFiles(scratch).Count);
    }

    private static WorkflowProcess Start(Scratch scratch, Shape shape, int jobs, bool restart, int delay = 5) => WorkflowProcess.Start(
        scratch, shape, ["--jobs", $"{jobs}", "--delay", $"{delay}", "--clean", "never", "--retryCount", "10", .. restart ? ["--restart"] : Array.Empty<string>()]);
}
