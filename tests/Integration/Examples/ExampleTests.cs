using System.Globalization;

namespace Toil.Integration.Tests.Examples;

/// <summary>The examples do what their first lines say.</summary>
public sealed class ExampleTests(BuiltExamples examples) : IClassFixture<BuiltExamples>
{
    [Fact]
    public async Task Hello_RunFromItsSource_Greets()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(
            scratch, "dotnet", ["run", Path.Combine(BuiltExamples.Sources, "Hello.cs"), "--", "--jobStore", scratch.Store]);
        Assert.Equal("Hello, world! Here's a message: Woot", (await process.WaitAsync(TimeSpan.FromMinutes(3))).ExpectOutput());
        Assert.False(Directory.Exists(scratch.Store));
    }

    [Fact]
    public async Task BinaryStrings_OfLengthThree_AreAllThere()
    {
        using var scratch = new Scratch();
        var exit = await RunAsync(scratch, "BinaryStrings", "--depth", "3");
        Assert.Equal("000 001 010 011 100 101 110 111", exit.ExpectOutput());
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1000)]
    [InlineData(500, 1_000_000)]
    [InlineData(2000, 20_000)]
    public async Task MergeSort_OfAnySize_SortsAsSortDoes(int lines, int threshold)
    {
        using var scratch = new Scratch();
        WriteLines(scratch["input"], lines);
        (await RunAsync(scratch, "MergeSort", Arguments(scratch, threshold))).ExpectOutput();
        await ExpectSortedAsync(scratch);
    }

    [Fact]
    public async Task MergeSort_KilledAtRandom_SortsAsSortDoes()
    {
        using var scratch = new Scratch();
        WriteLines(scratch["input"], 3000);
        var program = await examples.BuildAsync("MergeSort");
        var random = new Random(1);
        for (var kills = 0; kills < 3; kills++)
        {
            var before = StoreView.GlobalFiles(scratch).Count;
            using var process = WorkflowProcess.Start(scratch, program, await ResumingAsync(scratch, 6000));
            var target = random.Next(1, 12);
            await Deadline.UntilAsync(
                () => process.HasExited || Math.Abs(StoreView.GlobalFiles(scratch).Count - before) >= target, "files of jobs");
            await process.KillAsync();
        }

        using var last = WorkflowProcess.Start(scratch, program, await ResumingAsync(scratch, 6000));
        (await last.WaitAsync()).ExpectOutput();
        await ExpectSortedAsync(scratch);
        Assert.False(Directory.Exists(scratch.Store));
        Assert.Empty(scratch.Leftovers());
    }

    private static string[] Arguments(Scratch scratch, int threshold) =>
    [
        "--fileToSort", scratch["input"], "--outputFile", scratch["output"], "--N", threshold.ToString(CultureInfo.InvariantCulture),
        "--workDir", scratch.WorkDirectory, "--jobStore", scratch.Store,
    ];

    /// <summary>A kill may come before the first job, or after the end, when the store is being removed: then the workflow starts anew.</summary>
    private static async Task<string[]> ResumingAsync(Scratch scratch, int threshold) =>
        [.. Arguments(scratch, threshold), .. await StoreView.HoldsWorkflowAsync(scratch) ? ["--restart"] : Array.Empty<string>()];

    private async Task<WorkflowExit> RunAsync(Scratch scratch, string example, params string[] arguments)
    {
        var store = arguments.Contains("--jobStore") ? Array.Empty<string>() : ["--jobStore", scratch.Store];
        using var process = WorkflowProcess.Start(scratch, await examples.BuildAsync(example), [.. arguments, .. store]);
        return await process.WaitAsync();
    }

    /// <summary>Lines of many lengths, some empty, some equal, with bytes beyond ASCII.</summary>
    private static void WriteLines(string path, int count)
    {
        var random = new Random(count);
        using var writer = new StreamWriter(path);
        for (var i = 0; i < count; i++)
        {
            writer.Write(new string(random.GetItems<char>("ab \tzé€Z0", random.Next(0, 60))));
            writer.Write('\n');
        }
    }

    private static async Task ExpectSortedAsync(Scratch scratch)
    {
        using var sort = WorkflowProcess.Start(scratch, "env", ["LC_ALL=C", "sort", "-o", scratch["expected"], scratch["input"]]);
        (await sort.WaitAsync()).ExpectOutput();
        Assert.Equal(await File.ReadAllBytesAsync(scratch["expected"]), await File.ReadAllBytesAsync(scratch["output"]));
    }
}
