// The workflows that the integration tests start, kill and resume: each is one process, its shape named by --shape.
using Toil;
using Toil.Integration.Workflows;

var app = new ToilApp("Runs a workflow of a known shape, and writes down every run of every job.");
var shape = app.Option("--shape", Shape.FanOut, "Which workflow.");
var jobs = app.Option("--jobs", 20, "How large it is.");
var delay = app.Option("--delay", 0, "Milliseconds that each job takes at least.");
var runs = app.Option("--runs", "", "The file that each run of a job adds a line to.");
var gate = app.Option("--gate", "", "A file; jobs that wait for something wait for it to exist.");

return await app.RunAsync(args, async workflow =>
{
    var plan = new Plan(Path.GetFullPath(runs.Value), delay.Value, gate.Value);
    Console.WriteLine(await workflow.RunAsync<object?>(() => Task.FromResult(Shapes.Build(shape.Value, jobs.Value, plan))));
});
