using Toil.Cwl.Model;
using Toil.Jobs;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Workflows;

/// <summary>The jobs that a CWL program becomes. Those of tools run in the agents of the nodes that they are given, all others beside the leader.</summary>
internal static class CwlJobs
{
    /// <summary>A process whose inputs are complete.</summary>
    public static Job Process(CwlProgram program, ProgramPlace place, Record inputs)
    {
        var job = Make(RunProcessAsync, place.Process is CommandLineTool, program, place, inputs);
        if (place.Process is CommandLineTool)
        {
            job.Request = ToolRequests.Of(program, place, inputs);
        }

        return job;
    }

    /// <summary>One run of a step: its condition, the expressions of its inputs, and what it runs.</summary>
    public static Job Step(CwlProgram program, ProgramPlace place, StepValues values)
    {
        var runsTool = RunsTool(place);
        var job = Make(RunStepAsync, runsTool, program, place, values.Bindings, values.Elements);
        if (runsTool)
        {
            job.Request = program.RequestOf(place);
        }

        return job;
    }

    /// <summary>All runs of a step that scatters. It starts when the arrays' lengths are known, whatever of their elements is.</summary>
    public static Job Scatter(CwlProgram program, ProgramPlace place, Record bindings) =>
        Named(Make(ScatterAsync, runsTool: false, program, place, ScatterBindings.Of(place.Step!, bindings)), place, "scatter");

    /// <summary>An input of a subworkflow that isn't just what a source gave.</summary>
    public static Job Input(CwlProgram program, ProgramPlace place, string name, StepValues values) =>
        Named(Make(FindInputAsync, runsTool: false, program, place, name, values.Bindings, values.Elements), place, name);

    /// <summary>An output of a workflow that isn't just what a source gave.</summary>
    public static Job Output(CwlProgram program, ProgramPlace place, string name, List<object?> sources) =>
        Named(Make(FindOutputAsync, runsTool: false, program, place, name, sources), place, name);

    private static Job Make(Delegate method, bool runsTool, CwlProgram program, ProgramPlace place, params object?[] arguments)
    {
        var job = MethodJob.Create(method, [program.File, place.Path, .. arguments], runsTool ? Vehicle.Agent : Vehicle.Inline);
        (job.Name, job.AwaitsPromises, job.FreesFiles) = (place.Name, true, true);
        if (runsTool)
        {
            job.NoCallCache = !AllowsReuse(place);
        }

        return job;
    }

    /// <summary>Whether the job of a step runs its tool itself. What may be skipped, and what asks for an amount that only its inputs say, is a job of its own.</summary>
    private static bool RunsTool(ProgramPlace place) =>
        place.Process is CommandLineTool && place.Step!.When is null && !ToolRequests.NeedInputs(place.Requirements);

    /// <summary>Whether a tool's results may serve other runs. What an expression says isn't known yet: then they don't.</summary>
    private static bool AllowsReuse(ProgramPlace place) => place.Requirements.Get<WorkReuseRequirement>() is null or { Enable: true };

    private static Job Named(Job job, ProgramPlace place, string part)
    {
        job.Name = $"{place.Name}.{part}";
        return job;
    }

    private static Task<object?> RunProcessAsync(FileId file, string path, Record inputs, JobContext context) =>
        RunAsync(file, path, context, (program, place) => ProcessRun.RunAsync(program, place, inputs, runsTool: true, context));

    private static Task<object?> RunStepAsync(FileId file, string path, Record bindings, Record elements, JobContext context) => RunAsync(file, path, context, async (program, place) =>
    {
        var step = new StepInputs(program, place, context);
        var inputs = await step.EvaluateAsync(new StepValues(bindings, elements)).ConfigureAwait(false);
        return step.MayRun(inputs)
            ? await ProcessRun.RunAsync(program, place, inputs, RunsTool(place), context).ConfigureAwait(false)
            : ProcessRun.NoOutputs(place.Process);
    });

    private static Task<object?> ScatterAsync(FileId file, string path, Record bindings, JobContext context) =>
        RunAsync(file, path, context, (program, place) => Task.FromResult<object?>(new StepScatter(program, place, context).Add(bindings)));

    private static Task<object?> FindInputAsync(FileId file, string path, string name, Record bindings, Record elements, JobContext context) => RunAsync(file, path, context, async (program, place) =>
    {
        var inputs = await new StepInputs(program, place, context).EvaluateAsync(new StepValues(bindings, elements)).ConfigureAwait(false);
        var parameter = place.Process.Inputs.First(input => input.Name == name);
        return await WorkflowInputs.PrepareAsync(place.Process, parameter, inputs.GetValueOrDefault(name) ?? program.DefaultOf(parameter.Default), context).ConfigureAwait(false);
    });

    private static Task<object?> FindOutputAsync(FileId file, string path, string name, List<object?> sources, JobContext context) => RunAsync(file, path, context, (_, place) =>
    {
        var output = place.Process.Outputs.First(one => one.Name == name);
        return Task.FromResult(LinkedValues.Combine(sources, output.LinkMerge, output.PickValue, $"output '{name}' of {place.Name}", output.Position));
    });

    private static async Task<object?> RunAsync(FileId file, string path, JobContext context, Func<CwlProgram, ProgramPlace, Task<object?>> body)
    {
        var program = await CwlProgram.OpenAsync(file, context).ConfigureAwait(false);
        var place = program.Find(path);
        try
        {
            return await body(program, place).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ToilException or IOException or UnauthorizedAccessException)
        {
            throw new StepException(place, error);
        }
    }
}
