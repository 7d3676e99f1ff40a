using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Workflows;

/// <summary>Runs a process inside a job, or makes the jobs that do.</summary>
internal static class ProcessRun
{
    /// <param name="program">What it belongs to.</param>
    /// <param name="place">What to run.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="runsTool">Whether the job was given what a tool asks for; otherwise it makes a job that is.</param>
    /// <param name="context">The running job.</param>
    /// <returns>The outputs, or promises of them.</returns>
    public static async Task<object?> RunAsync(CwlProgram program, ProgramPlace place, Record inputs, bool runsTool, JobContext context)
    {
        inputs = WithDefaults(program, place.Process, inputs);
        switch (place.Process)
        {
            case CommandLineTool when !runsTool:
                return context.AddChild(CwlJobs.Process(program, place, inputs));
            case CommandLineTool tool:
                return await ToolRun.RunAsync(tool, place.Requirements, inputs, program.Options, context).ConfigureAwait(false);
            case ExpressionTool tool:
                return await ExpressionRun.RunAsync(tool, place.Requirements, inputs, program.Options, context).ConfigureAwait(false);
            case CwlWorkflow:
                return new WorkflowPlanner(program, context.Self).Plan(place, await WorkflowInputs.PrepareAsync(place, inputs, context).ConfigureAwait(false));
            default:
                throw new UnsupportedRequirementException(place.Position, $"{place.Name} is an Operation, which stands for something that isn't written yet: it can be checked, but not run.");
        }
    }

    /// <summary>The inputs that the process declares; what only expressions of the step see is left out.</summary>
    private static Record WithDefaults(CwlProgram program, CwlProcess process, Record given)
    {
        var inputs = new Record();
        foreach (var input in process.Inputs)
        {
            inputs.Add(input.Name, given.GetValueOrDefault(input.Name) ?? program.DefaultOf(input.Default));
        }

        return inputs;
    }

    /// <summary>What a step gives that its condition skips.</summary>
    public static Record NoOutputs(CwlProcess process) => new(process.Outputs.Select(output => KeyValuePair.Create(output.Name, (object?)null)));
}
