using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Reads requirements and hints, including the extensions that later became part of the language.</summary>
/// <param name="scope">Where they stand.</param>
internal sealed class RequirementReader(Scope scope)
{
    private const string Extension = "http://commonwl.org/cwltool#";

    private static readonly Dictionary<string, (CwlVersion Since, Func<Fields, Requirement?> Read)> Known = new(StringComparer.Ordinal)
    {
        ["DockerRequirement"] = (CwlVersion.V1_0, ToolRequirements.ReadDocker),
        ["EnvVarRequirement"] = (CwlVersion.V1_0, ToolRequirements.ReadEnvironment),
        ["InitialWorkDirRequirement"] = (CwlVersion.V1_0, InitialWorkDirReader.Read),
        ["InlineJavascriptRequirement"] = (CwlVersion.V1_0, fields => new InlineJavascriptRequirement { Position = fields.Map.Position, ExpressionLib = [.. fields.Texts("expressionLib").Select(text => text.Text)] }),
        ["InplaceUpdateRequirement"] = (CwlVersion.V1_1, fields => new InplaceUpdateRequirement { Position = fields.Map.Position, Enable = fields.Flag("inplaceUpdate", otherwise: false) }),
        ["LoadListingRequirement"] = (CwlVersion.V1_1, fields => new LoadListingRequirement { Position = fields.Map.Position, Listing = ParameterReader.ReadListing(fields, CwlVersion.V1_0) ?? LoadListing.None }),
        ["MultipleInputFeatureRequirement"] = (CwlVersion.V1_0, fields => new MultipleInputFeatureRequirement { Position = fields.Map.Position }),
        ["NetworkAccess"] = (CwlVersion.V1_1, ToolRequirements.ReadNetworkAccess),
        ["ResourceRequirement"] = (CwlVersion.V1_0, ToolRequirements.ReadResources),
        ["ScatterFeatureRequirement"] = (CwlVersion.V1_0, fields => new ScatterFeatureRequirement { Position = fields.Map.Position }),
        ["SchemaDefRequirement"] = (CwlVersion.V1_0, ReadSchemaDef),
        ["ShellCommandRequirement"] = (CwlVersion.V1_0, fields => new ShellCommandRequirement { Position = fields.Map.Position }),
        ["SoftwareRequirement"] = (CwlVersion.V1_0, ToolRequirements.ReadSoftware),
        ["StepInputExpressionRequirement"] = (CwlVersion.V1_0, fields => new StepInputExpressionRequirement { Position = fields.Map.Position }),
        ["SubworkflowFeatureRequirement"] = (CwlVersion.V1_0, fields => new SubworkflowFeatureRequirement { Position = fields.Map.Position }),
        ["ToolTimeLimit"] = (CwlVersion.V1_1, ToolRequirements.ReadTimeLimit),
        ["WorkReuse"] = (CwlVersion.V1_1, ToolRequirements.ReadWorkReuse),
        [Extension + "CUDARequirement"] = (CwlVersion.V1_0, ToolRequirements.ReadCuda),
        [Extension + "InplaceUpdateRequirement"] = (CwlVersion.V1_0, fields => Known!["InplaceUpdateRequirement"].Read(fields)),
        [Extension + "LoadListingRequirement"] = (CwlVersion.V1_0, fields => Known!["LoadListingRequirement"].Read(fields)),
        [Extension + "NetworkAccess"] = (CwlVersion.V1_0, ToolRequirements.ReadNetworkAccess),
        [Extension + "TimeLimit"] = (CwlVersion.V1_0, ToolRequirements.ReadTimeLimit),
        [Extension + "WorkReuse"] = (CwlVersion.V1_0, ToolRequirements.ReadWorkReuse),
    };

    /// <summary>Extensions that other runners know, and what to do here.</summary>
    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        [Extension + "Loop"] = "Steps can't loop here: put the loop into the tool, or write out its rounds as steps with 'when'.",
        [Extension + "MPIRequirement"] = "Tools start MPI themselves here: let baseCommand begin with mpirun, and ask for the cores by ResourceRequirement.",
        [Extension + "Secrets"] = "Inputs are kept in the job store as they are: leave secrets out of them, and give tools an environment variable with --preserve-environment.",
        [Extension + "ShmSize"] = "Let the tool use its TMPDIR instead of /dev/shm, or run it without a container.",
    };

    /// <summary>What the requirements and hints of a process or step ask for, before they are read: expressions in them may depend on it.</summary>
    public static Features FindFeatures(MapNode owner)
    {
        var features = Features.None;
        foreach (var item in ItemsOf(owner["requirements"]).Concat(ItemsOf(owner["hints"])))
        {
            features |= ClassOf(item) switch
            {
                "InlineJavascriptRequirement" => Features.Javascript,
                "ScatterFeatureRequirement" => Features.Scatter,
                "SubworkflowFeatureRequirement" => Features.Subworkflow,
                "MultipleInputFeatureRequirement" => Features.MultipleInput,
                "StepInputExpressionRequirement" => Features.StepInputExpression,
                _ => Features.None,
            };
        }

        return features;
    }

    /// <summary>The types that the SchemaDefRequirements of a process or step define, added to those around.</summary>
    public static TypeNames FindTypes(MapNode owner, TypeNames outer, string ownerId)
    {
        TypeNames? names = null;
        foreach (var item in ItemsOf(owner["requirements"]).Concat(ItemsOf(owner["hints"])))
        {
            if (ClassOf(item) != "SchemaDefRequirement" || item.Value is not MapNode map)
            {
                continue;
            }

            foreach (var (name, type) in TypesOf(map["types"]))
            {
                names ??= new TypeNames(outer);
                names.Define(Links.Identify(type.Document, ReferenceEquals(type.Document, owner.Document) ? ownerId : type.Document.Uri, name), type);
            }
        }

        return names ?? outer;
    }

    /// <param name="fields">The process or step.</param>
    /// <param name="name"><c>requirements</c> or <c>hints</c>.</param>
    public List<Requirement> Read(Fields fields, string name)
    {
        var isHint = name == "hints";
        var found = new List<Requirement>();
        foreach (var item in MapItems.Of(fields.Get(name), name, "class", scope))
        {
            if (ReadOne(item, isHint) is { } requirement)
            {
                found.Add(requirement);
            }
        }

        return found;
    }

    private Requirement? ReadOne(MapItem item, bool isHint)
    {
        if (item.Value is not MapNode map)
        {
            scope.Error(item.Value, $"{(isHint ? "A hint" : "A requirement")} must be a mapping{(item.Key is null ? " with 'class'" : $"; write '{item.Key}: {{}}' if it has no fields")}. Found {item.Value.Description}.");
            return null;
        }

        var written = item.Key ?? (map["class"] as ScalarNode)?.Text;
        if (written is null)
        {
            scope.Error(map, $"{(isHint ? "A hint" : "A requirement")} needs the field 'class'.");
            return null;
        }

        var name = Links.Term(map.Document, written);
        if (Known.TryGetValue(name, out var known) && known.Since <= scope.Version)
        {
            var fields = new Fields(scope, map, written);
            var requirement = known.Read(fields);
            fields.Finish("class");
            return requirement;
        }

        return ReadUnknown(written, name, item, isHint);
    }

    private UnknownRequirement ReadUnknown(string written, string name, MapItem item, bool isHint)
    {
        var reason = Known.TryGetValue(name, out var later)
            ? $"{written} came with {Scope.NameOf(later.Since)}; this document says cwlVersion: {Scope.NameOf(scope.Version)}."
            : name.Contains(':', StringComparison.Ordinal)
            ? $"The extension {written} is not known here.{(Advice.TryGetValue(name, out var advice) ? $" {advice}" : "")}"
            : $"There is no requirement {written}.{Suggestion.For(name, Known.Where(entry => entry.Value.Since <= scope.Version && !entry.Key.Contains(':', StringComparison.Ordinal)).Select(entry => entry.Key))}";
        if (isHint)
        {
            scope.Problems.WarnOnce(item.Value.Document, name, item.Position, $"{reason} The hint is ignored.");
        }
        else
        {
            scope.Problems.Error(item.Position, Advice.ContainsKey(name) ? reason : $"{reason} If it is not essential, move it to 'hints'.");
        }

        return new UnknownRequirement { Class = name, Position = item.Position };
    }

    private static IEnumerable<MapItem> ItemsOf(Node? field) => field switch
    {
        ListNode list => list.Items.Select(item => new MapItem(null, item.Position, item)),
        MapNode map => map.Entries.Select(entry => new MapItem(entry.Key, entry.KeyPosition, entry.Value)),
        _ => [],
    };

    private static string? ClassOf(MapItem item) =>
        (item.Key ?? ((item.Value as MapNode)?["class"] as ScalarNode)?.Text) is { } name ? Links.Term(item.Value.Document, name) : null;

    private static IEnumerable<(string Name, MapNode Type)> TypesOf(Node? types) => types switch
    {
        ListNode list => list.Items.OfType<MapNode>().Where(type => Identifiers.Of(type) is not null).Select(type => (Identifiers.Of(type)!, type)),
        MapNode { } map when Identifiers.Of(map) is { } name => [(name, map)],
        MapNode map => map.Entries.Where(entry => entry.Value is MapNode).Select(entry => (entry.Key, (MapNode)entry.Value)),
        _ => [],
    };

    private static SchemaDefRequirement ReadSchemaDef(Fields fields)
    {
        var types = fields.Require("types");
        if (types is not (null or ListNode or MapNode))
        {
            fields.Scope.Error(types, $"'types' must be a list of types; found {types.Description}.");
        }

        foreach (var (_, type) in TypesOf(types))
        {
            TypeReader.Read(type, TypeUse.ToolInput, fields.Scope);
        }

        return new SchemaDefRequirement { Position = fields.Map.Position };
    }
}
