// Workloads for bench/run.sh: each is one whole workflow in one process, named by --shape and --jobs.
using System.Diagnostics;
using System.Globalization;
using Toil;
using Toil.Bench;

var app = new ToilApp("Runs a workflow of a known shape and prints how long its parts took.");
var shape = app.Option("--shape", Shape.FanOut, "Which workflow.");
var jobs = app.Option("--jobs", 1000, "How many jobs.");
var inline = app.Option("--inline", false, "Run the jobs in the leader's process.");

return await app.RunAsync(args, async workflow =>
{
    var clock = Stopwatch.StartNew();
    var value = await workflow.RunAsync<object?>(() => Task.FromResult(Shapes.Build(shape.Value, jobs.Value, inline.Value)));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shape.Value} {jobs.Value}: {clock.Elapsed.TotalSeconds:F3} s, value {Summary(value)}, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
});

static string Summary(object? value) => value is System.Collections.ICollection many
    ? $"of {many.Count} elements"
    : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
