#!/usr/bin/env dotnet
// Jobs that add jobs: all binary strings of a length, made by a tree of jobs and merged through promises.
// Try it: dotnet run examples/csharp/BinaryStrings.cs -- --jobStore ./store --depth 5
#:project ../../src/Toil.Core/Toil.Core.csproj
#:property PublishAot=false
using Toil;

var app = new ToilApp("Lists all binary strings of a length.");
var depth = app.Option("--depth", 5, "The length.");

return await app.RunAsync(args, async workflow =>
{
    var strings = await workflow.RunAsync<List<string>>(() => Task.FromResult(Job.Of(Jobs.BinaryStrings, depth.Value, "")));
    Console.WriteLine(string.Join(' ', strings));
});

static class Jobs
{
    /// <summary>Adds two children that do the same for longer messages, and returns the promise of their merged values.</summary>
    public static object BinaryStrings(JobContext job, int depth, string message)
    {
        if (depth == 0)
        {
            return new[] { message };
        }

        var halves = "01".Select(bit => job.AddChild(Job.Of(BinaryStrings, depth - 1, message + bit))).ToList();
        return job.AddFollowOn(Job.Of(Merge, halves[0], halves[1]));
    }

    public static List<string> Merge(List<string> left, List<string> right) => [.. left, .. right];
}
