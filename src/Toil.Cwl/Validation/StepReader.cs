using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Reads a step of a workflow.</summary>
internal sealed class StepReader(ProcessReader processes, Scope workflow, LinkReader links, string workflowId)
{
    /// <summary>In the order of <see cref="ScatterMethod"/>.</summary>
    private static readonly string[] Methods = ["dotproduct", "nested_crossproduct", "flat_crossproduct"];

    /// <returns>Null, with a complaint, if it has no name or runs nothing.</returns>
    public WorkflowStep? Read(MapItem item)
    {
        if (item.Value is not MapNode map)
        {
            workflow.Error(item.Value, $"A step must be a mapping with 'run', 'in' and 'out'; found {item.Value.Description}.");
            return null;
        }

        var id = item.Key ?? (map["id"] as ScalarNode)?.Text;
        var scope = workflow with
        {
            Features = workflow.Features | RequirementReader.FindFeatures(map),
            Types = RequirementReader.FindTypes(map, workflow.Types, workflowId),
        };
        var fields = new Fields(scope, map, id is null ? "A step" : $"Step '{Links.ShortName(id)}'");
        if (id is null)
        {
            fields.Require("id");
            return null;
        }

        var requirements = new RequirementReader(scope);
        fields.Require("in");
        fields.Require("out");
        var run = fields.Require("run");
        var step = new WorkflowStep
        {
            Name = Links.ShortName(id),
            Run = (run is null ? null : ReadRun(run, Links.Identify(map.Document, workflowId, id), scope)) ?? new Operation { Id = "", Version = scope.Version, Position = map.Position },
            Position = item.Position,
            Label = fields.Text("label"),
            Doc = fields.Prose("doc"),
            Inputs = ReadInputs(fields),
            Outputs = ReadOutputs(fields),
            Scatter = [.. fields.Texts("scatter").Select(text => Links.ShortName(text.Text))],
            ScatterMethod = (ScatterMethod?)fields.Word("scatterMethod", Methods),
            When = fields.Expression("when", CwlVersion.V1_2),
            Requirements = requirements.Read(fields, "requirements"),
            Hints = requirements.Read(fields, "hints"),
        };
        fields.Finish("id");
        return step;
    }

    private CwlProcess? ReadRun(Node run, string stepId, Scope scope)
    {
        switch (run)
        {
            case ScalarNode { Value: string reference }:
                return processes.Resolve(Links.Resolve(run.Document, reference), run.Position, scope);
            case MapNode map:
                return processes.Read(map, stepId + "/run", VersionOf(map, scope), scope);
            default:
                scope.Error(run, $"'run' must be a process or a reference to one; found {run.Description}.");
                return null;
        }
    }

    /// <summary>What is imported from a file of its own follows that file's rules.</summary>
    private CwlVersion VersionOf(MapNode map, Scope scope) => map["cwlVersion"] is not null && Versions.Read(map, scope.Problems) is { } own ? own : workflow.Version;

    private List<StepInput> ReadInputs(Fields step)
    {
        var inputs = new List<StepInput>();
        foreach (var item in MapItems.Of(step.Get("in"), "in", "id", step.Scope))
        {
            if (ReadInput(item, step.Scope) is not { } input)
            {
                continue;
            }

            if (inputs.Exists(other => other.Name == input.Name))
            {
                step.Scope.Problems.Error(item.Position, $"The step has two inputs '{input.Name}'.");
            }

            inputs.Add(input);
        }

        return inputs;
    }

    private StepInput? ReadInput(MapItem item, Scope scope)
    {
        // The short form is a source; it is read as a field of that name.
        var map = item.Value as MapNode ?? new MapNode(item.Value.Document, item.Value.Line, item.Value.Column, item.Key is null ? [] : [new MapEntry("source", item.Position, item.Value)]);
        var fields = new Fields(scope, map, "An input of a step");
        var name = item.Key ?? (fields.Require("id") as ScalarNode)?.Text;
        if (name is null)
        {
            return null;
        }

        fields.Get("id");
        var hasDefault = fields.Get("default") is not null;
        var input = new StepInput
        {
            Name = Links.ShortName(name),
            Position = item.Position,
            Sources = links.Read(fields, "source", out var isList),
            HasSourceList = isList,
            LinkMerge = LinkReader.ReadMerge(fields),
            PickValue = LinkReader.ReadPick(fields),
            ValueFrom = fields.Expression("valueFrom"),
            HasDefault = hasDefault,
            Default = hasDefault ? Literals.Read(fields.Get("default")!) : null,
            LoadContents = fields.Flag("loadContents", otherwise: false, CwlVersion.V1_1),
            LoadListing = ParameterReader.ReadListing(fields, CwlVersion.V1_1),
        };
        fields.Get("label", CwlVersion.V1_1);
        fields.Finish();
        return input;
    }

    private static List<string> ReadOutputs(Fields step)
    {
        var outputs = new List<string>();
        foreach (var item in step.Get("out") switch { null => [], ListNode list => list.Items, var single => [single] })
        {
            var name = item switch
            {
                ScalarNode { Value: string text } => text,
                MapNode map when map["id"] is ScalarNode { Value: string text } => text,
                _ => null,
            };
            if (name is null)
            {
                step.Scope.Error(item, $"'out' must list names of outputs; found {item.Description}.");
            }
            else if (outputs.Contains(Links.ShortName(name)))
            {
                step.Scope.Error(item, $"The step lists the output '{Links.ShortName(name)}' twice.");
            }
            else
            {
                outputs.Add(Links.ShortName(name));
            }
        }

        return outputs;
    }
}
