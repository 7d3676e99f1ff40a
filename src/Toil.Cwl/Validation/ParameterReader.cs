using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Reads inputs, outputs and record fields, and their bindings.</summary>
internal static class ParameterReader
{
    /// <summary>In the order of <see cref="LoadListing"/>.</summary>
    private static readonly string[] Listings = ["no_listing", "shallow_listing", "deep_listing"];

    public static LoadListing? ReadListing(Fields fields, CwlVersion since) => (LoadListing?)fields.Word("loadListing", Listings, since);

    /// <summary>An input of any kind of process.</summary>
    /// <returns>Null, with a complaint, if it is not a parameter at all.</returns>
    public static InputParameter? ReadInput(MapItem item, TypeUse use, Scope scope)
    {
        if (Open(item, "An input", scope) is not var (name, fields, type))
        {
            return null;
        }

        if (fields is null)
        {
            return new InputParameter { Name = name, Type = ReadInputType(type, use, scope), Position = item.Position };
        }

        fields.Get("type");
        var isCommand = use == TypeUse.ToolInput || scope.Version == CwlVersion.V1_0;
        var binding = isCommand ? ReadBinding(fields) : null;
        var hasDefault = fields.Get("default") is not null;
        var input = new InputParameter
        {
            Name = name,
            Type = ReadInputType(type, use, scope),
            Position = item.Position,
            Label = fields.Text("label"),
            Doc = fields.Prose("doc"),
            SecondaryFiles = SecondaryFileReader.Read(fields),
            Formats = ReadFormats(fields),
            Streamable = fields.Flag("streamable", otherwise: false),
            HasDefault = hasDefault,
            Default = hasDefault ? Literals.Read(fields.Get("default")!) : null,
            Binding = binding,
            LoadContents = fields.Flag("loadContents", otherwise: false, CwlVersion.V1_1) | (binding?.LoadContents ?? (!isCommand && ReadWorkflowBinding(fields))),
            LoadListing = ReadListing(fields, CwlVersion.V1_1),
        };
        fields.Finish("id");
        return input;
    }

    /// <summary>An output; sources are for the reader of workflows to add.</summary>
    /// <param name="item">As written.</param>
    /// <param name="use">Of which kind of process.</param>
    /// <param name="scope">Where it stands.</param>
    /// <param name="known">Its type, where that is not to be read from the field.</param>
    /// <returns>Null, with a complaint, if it is not a parameter at all; the fields, if it has a mapping, are still to be finished.</returns>
    public static (OutputParameter Output, Fields? Fields)? ReadOutput(MapItem item, TypeUse use, Scope scope, CwlType? known = null)
    {
        if (Open(item, "An output", scope) is not var (name, fields, type))
        {
            return null;
        }

        if (fields is null)
        {
            return (new OutputParameter { Name = name, Type = TypeReader.Read(type, use, scope), Position = item.Position }, null);
        }

        fields.Get("id");
        fields.Get("type");
        var output = new OutputParameter
        {
            Name = name,
            Type = known ?? TypeReader.Read(type, use, scope),
            Position = item.Position,
            Label = fields.Text("label"),
            Doc = fields.Prose("doc"),
            SecondaryFiles = SecondaryFileReader.Read(fields),
            Formats = ReadFormats(fields),
            Streamable = fields.Flag("streamable", otherwise: false),
            Binding = use == TypeUse.ToolOutput || scope.Version == CwlVersion.V1_0 ? ReadOutputBinding(fields) : null,
        };
        return (output, fields);
    }

    public static RecordField ReadRecordField(Fields fields, string name, CwlType type, SourcePosition position, TypeUse use)
    {
        fields.Get("name");
        fields.Get("type");
        var isInput = use is TypeUse.ToolInput or TypeUse.ProcessInput;

        // A type may serve inputs and outputs: the binding of the other side is known, and means nothing here.
        fields.Get(isInput ? "outputBinding" : "inputBinding");
        var binding = isInput ? ReadBinding(fields) : null;
        var field = new RecordField
        {
            Name = name,
            Type = type,
            Position = position,
            Label = fields.Text("label"),
            Doc = fields.Prose("doc"),
            SecondaryFiles = SecondaryFileReader.Read(fields),
            Formats = ReadFormats(fields),
            Streamable = fields.Flag("streamable", otherwise: false, CwlVersion.V1_1),
            Binding = binding,
            OutputBinding = isInput ? null : ReadOutputBinding(fields),
            LoadContents = fields.Flag("loadContents", otherwise: false, CwlVersion.V1_1) | (binding?.LoadContents ?? false),
            LoadListing = ReadListing(fields, CwlVersion.V1_1),
        };
        fields.Finish();
        return field;
    }

    public static CommandLineBinding? ReadBinding(Fields owner) => owner.Get("inputBinding") switch
    {
        null => null,
        MapNode map => ReadBinding(map, owner.Scope with { IsConditional = true }),
        var other => Complain<CommandLineBinding>(owner.Scope, other, "'inputBinding' must be a mapping"),
    };

    public static CommandLineBinding ReadBinding(MapNode map, Scope scope)
    {
        var fields = new Fields(scope, map, "A command line binding");
        var binding = new CommandLineBinding
        {
            SortKey = fields.ValueOrExpression("position", "a whole number", value => value is long and >= int.MinValue and <= int.MaxValue, CwlVersion.V1_1),
            Prefix = fields.Text("prefix"),
            Separate = fields.Flag("separate", otherwise: true),
            ItemSeparator = fields.Text("itemSeparator"),
            ValueFrom = fields.Expression("valueFrom"),
            ShellQuote = fields.Flag("shellQuote", otherwise: true),
            LoadContents = fields.Flag("loadContents", otherwise: false),
            Position = map.Position,
        };
        fields.Finish();
        return binding;
    }

    /// <summary>What a type is made of, or null where the parameter has the short form that is only a type.</summary>
    private static (string Name, Fields? Fields, Node Type)? Open(MapItem item, string owner, Scope scope)
    {
        if (item.Value is not MapNode map)
        {
            if (item.Key is not null)
            {
                return (Links.ShortName(item.Key), null, item.Value);
            }

            scope.Error(item.Value, $"{owner} must be a mapping with 'id' and 'type'; found {item.Value.Description}.");
            return null;
        }

        var fields = new Fields(scope, map, owner);
        var name = item.Key ?? (fields.Require("id") as ScalarNode)?.Text;
        var type = fields.Require("type");
        return name is null || type is null ? null : (Links.ShortName(name), fields, type);
    }

    private static CwlType ReadInputType(Node type, TypeUse use, Scope scope) =>
        use == TypeUse.ToolInput && scope.Version > CwlVersion.V1_0 && type is ScalarNode { Text: "stdin" } ? TypeReader.File : TypeReader.Read(type, use, scope);

    /// <summary>The binding that inputs of workflows have for the sake of v1.0: it can only ask for contents.</summary>
    private static bool ReadWorkflowBinding(Fields owner)
    {
        if (owner.Get("inputBinding") is not MapNode map)
        {
            return false;
        }

        var fields = new Fields(owner.Scope, map, "The binding of an input of a workflow");
        var loads = fields.Flag("loadContents", otherwise: false);
        fields.Finish();
        return loads;
    }

    private static OutputBinding? ReadOutputBinding(Fields owner)
    {
        if (owner.Get("outputBinding") is not { } node)
        {
            return null;
        }

        if (node is not MapNode map)
        {
            return Complain<OutputBinding>(owner.Scope, node, "'outputBinding' must be a mapping");
        }

        var fields = new Fields(owner.Scope, map, "An output binding");
        var binding = new OutputBinding
        {
            Glob = [.. fields.Texts("glob").Select(owner.Scope.Text)],
            LoadContents = fields.Flag("loadContents", otherwise: false),
            LoadListing = ReadListing(fields, CwlVersion.V1_1),
            OutputEval = fields.Expression("outputEval"),
            Position = map.Position,
        };
        fields.Finish();
        return binding;
    }

    private static List<CwlText> ReadFormats(Fields fields) => [.. fields.Texts("format").Select(format => ExpressionScan.IsExpression(format.Text)
        ? (fields.Scope with { IsConditional = true }).Text(format)
        : new CwlText(Links.Resolve(format.Document, format.Text), format.Position))];

    private static T? Complain<T>(Scope scope, Node found, string expected)
        where T : class
    {
        scope.Error(found, $"{expected}; found {found.Description}.");
        return null;
    }
}
