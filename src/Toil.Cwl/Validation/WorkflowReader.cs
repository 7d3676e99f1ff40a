using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Reads a workflow, its steps and what they run.</summary>
internal sealed class WorkflowReader(ProcessReader processes, Scope scope, string id)
{
    private readonly LinkReader _links = new(id);

    public CwlWorkflow Read(MapNode map)
    {
        var fields = ToolReader.FieldsOf(map, "Workflow", scope);
        fields.Require("steps");
        var workflow = new CwlWorkflow
        {
            Id = id,
            Version = scope.Version,
            Position = map.Position,
            Inputs = ToolReader.ReadInputs(fields, TypeUse.ProcessInput, streams: null),
            Outputs = ReadOutputs(fields),
            Steps = ReadSteps(fields),
        };
        workflow = workflow.With(fields);
        new WorkflowChecker(workflow, scope).Check();
        return workflow;
    }

    private List<OutputParameter> ReadOutputs(Fields workflow)
    {
        var outputs = new List<OutputParameter>();
        foreach (var item in MapItems.Of(workflow.Get("outputs"), "outputs", "id", scope))
        {
            if (ParameterReader.ReadOutput(item, TypeUse.ProcessOutput, scope) is not var (output, fields))
            {
                continue;
            }

            if (fields is not null)
            {
                output = output with
                {
                    Sources = _links.Read(fields, "outputSource", out var isList),
                    HasSourceList = isList,
                    LinkMerge = LinkReader.ReadMerge(fields),
                    PickValue = LinkReader.ReadPick(fields),
                };
                fields.Finish();
            }

            if (outputs.Exists(other => other.Name == output.Name))
            {
                scope.Problems.Error(item.Position, $"There are two outputs '{output.Name}'.");
            }

            outputs.Add(output);
        }

        return outputs;
    }

    private List<WorkflowStep> ReadSteps(Fields workflow)
    {
        var steps = new List<WorkflowStep>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in MapItems.Of(workflow.Get("steps"), "steps", "id", scope))
        {
            if (new StepReader(processes, scope, _links, id).Read(item) is not { } step)
            {
                continue;
            }

            if (!names.Add(step.Name))
            {
                scope.Problems.Error(item.Position, $"There are two steps '{step.Name}'.");
            }

            steps.Add(step);
        }

        return steps;
    }
}
