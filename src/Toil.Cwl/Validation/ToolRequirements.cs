using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Reads the requirements that say how a tool is run.</summary>
internal static class ToolRequirements
{
    public static DockerRequirement ReadDocker(Fields fields) => new()
    {
        Position = fields.Map.Position,
        Pull = fields.Text("dockerPull"),
        Load = fields.Text("dockerLoad"),
        File = fields.Text("dockerFile"),
        Import = fields.Text("dockerImport"),
        ImageId = fields.Text("dockerImageId"),
        OutputDirectory = fields.Text("dockerOutputDirectory"),
    };

    public static EnvVarRequirement ReadEnvironment(Fields fields)
    {
        var variables = new List<(string Name, CwlText Value)>();
        foreach (var item in MapItems.Of(fields.Require("envDef"), "envDef", "envName", fields.Scope))
        {
            if (item is { Key: { } key, Value: not MapNode })
            {
                if (fields.AsText(item.Value, key) is { } value)
                {
                    variables.Add((key, fields.Scope.Text(value)));
                }
            }
            else if (item.Value is MapNode map)
            {
                var definition = new Fields(fields.Scope, map, "An environment variable");
                var name = item.Key ?? (definition.Require("envName") as ScalarNode)?.Text;
                if (definition.Require("envValue") is { } node && definition.AsText(node, "envValue") is { } value && name is not null)
                {
                    variables.Add((name, fields.Scope.Text(value)));
                }

                definition.Finish("envName");
            }
            else
            {
                fields.Scope.Error(item.Value, $"An environment variable must be a mapping with 'envName' and 'envValue'; found {item.Value.Description}.");
            }
        }

        return new EnvVarRequirement { Position = fields.Map.Position, Variables = variables };
    }

    public static ResourceRequirement ReadResources(Fields fields)
    {
        return new ResourceRequirement
        {
            Position = fields.Map.Position,
            CoresMin = Amount("coresMin"),
            CoresMax = Amount("coresMax"),
            RamMin = Amount("ramMin"),
            RamMax = Amount("ramMax"),
            TmpdirMin = Amount("tmpdirMin"),
            TmpdirMax = Amount("tmpdirMax"),
            OutdirMin = Amount("outdirMin"),
            OutdirMax = Amount("outdirMax"),
        };

        object? Amount(string name)
        {
            var amount = fields.Scope.Version < CwlVersion.V1_2
                ? fields.ValueOrExpression(name, "a whole number (fractions came with v1.2)", value => value is long)
                : fields.ValueOrExpression(name, "a number", value => value is long or double);
            if (amount is long and < 0 or double and < 0)
            {
                fields.Scope.Error(fields.Get(name)!, $"'{name}' can't be negative; found {fields.Get(name)!.Description}.");
            }

            return amount;
        }
    }

    public static SoftwareRequirement ReadSoftware(Fields fields)
    {
        var packages = new List<SoftwarePackage>();
        foreach (var item in MapItems.Of(fields.Require("packages"), "packages", "package", fields.Scope))
        {
            if (item is { Key: { } key, Value: ScalarNode or ListNode })
            {
                packages.Add(new SoftwarePackage(key, [], [.. (item.Value is ListNode list ? list.Items : [item.Value]).OfType<ScalarNode>().Select(spec => spec.Text).Where(spec => spec.Length > 0)]));
            }
            else if (item.Value is MapNode map)
            {
                var package = new Fields(fields.Scope, map, "A software package");
                var name = item.Key ?? (package.Require("package") as ScalarNode)?.Text;
                packages.Add(new SoftwarePackage(name ?? "", [.. package.Texts("version").Select(text => text.Text)], [.. package.Texts("specs").Select(text => text.Text)]));
                package.Finish("package");
            }
            else
            {
                fields.Scope.Error(item.Value, $"A software package must be a mapping with 'package'; found {item.Value.Description}.");
            }
        }

        return new SoftwareRequirement { Position = fields.Map.Position, Packages = packages };
    }

    public static NetworkAccessRequirement ReadNetworkAccess(Fields fields) => new() { Position = fields.Map.Position, Enable = Switch(fields, "networkAccess") };

    public static WorkReuseRequirement ReadWorkReuse(Fields fields) => new() { Position = fields.Map.Position, Enable = Switch(fields, "enableReuse") };

    public static ToolTimeLimitRequirement ReadTimeLimit(Fields fields)
    {
        fields.Require("timelimit");
        var seconds = fields.ValueOrExpression("timelimit", "a whole number of seconds", value => value is long) ?? 0L;
        if (seconds is long and < 0)
        {
            fields.Scope.Error(fields.Get("timelimit")!, $"'timelimit' can't be negative; found {seconds}.");
        }

        return new() { Position = fields.Map.Position, Seconds = seconds };
    }

    public static CudaRequirement ReadCuda(Fields fields) => new()
    {
        Position = fields.Map.Position,
        MinimumVersion = fields.Text("cudaVersionMin"),
        ComputeCapabilities = [.. fields.Texts("cudaComputeCapability").Select(text => text.Text)],
        CountMin = fields.ValueOrExpression("cudaDeviceCountMin", "a whole number", value => value is long),
        CountMax = fields.ValueOrExpression("cudaDeviceCountMax", "a whole number", value => value is long),
    };

    private static object Switch(Fields fields, string name)
    {
        fields.Require(name);
        return fields.ValueOrExpression(name, "true, false", value => value is bool) ?? true;
    }
}
