namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>Calls a fake's commands as a shell would.</summary>
internal static class FakeSession
{
    public static Task<WorkflowExit> CallAsync(this FakeScheduler fake, Scratch scratch, string program, params string[] arguments) =>
        fake.CallWithInputAsync(scratch, "", program, arguments);

    /// <summary>The same, with standard input.</summary>
    public static async Task<WorkflowExit> CallWithInputAsync(this FakeScheduler fake, Scratch scratch, string input, string program, params string[] arguments)
    {
        var file = scratch["input"];
        await File.WriteAllTextAsync(file, input);
        using var process = WorkflowProcess.Start(scratch, "sh", ["-c", "file=$1; shift; exec \"$@\" < \"$file\"", "sh", file, fake.NameOf(program), .. arguments], new Dictionary<string, string?> { ["MARK"] = "mark" });
        return await process.WaitAsync();
    }

    public static Task EndedAsync(this FakeScheduler fake, int count) =>
        Deadline.UntilAsync(() => fake.Cluster.All.Count(job => job.State == FakeState.Ended) == count, $"the end of {count} jobs");
}
