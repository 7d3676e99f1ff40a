#!/usr/bin/env dotnet
// The smallest workflow: one job, whose value is printed.
// Try it: dotnet run examples/csharp/Hello.cs -- --jobStore ./store
#:project ../../src/Toil.Core/Toil.Core.csproj
#:property PublishAot=false
using Toil;

return await new ToilApp("Greets you from a job.").RunAsync(args, async workflow =>
    Console.WriteLine(await workflow.RunAsync<string>(Job.Of(Jobs.Hello, "Woot"))));

static class Jobs
{
    public static string Hello(string message) => $"Hello, world! Here's a message: {message}";
}
