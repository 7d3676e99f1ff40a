using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Where a type is used: it decides which bindings its parts may have.</summary>
internal enum TypeUse
{
    ToolInput,
    ProcessInput,
    ToolOutput,
    ProcessOutput,
}

/// <summary>Turns types as they are written into types: short forms, unions, definitions and references to them.</summary>
internal static class TypeReader
{
    /// <summary>Levels of definitions within definitions, brackets included.</summary>
    private const int Depth = 64;

    private static readonly Dictionary<string, CwlType> Primitives = new(StringComparer.Ordinal)
    {
        ["null"] = new PrimitiveType(PrimitiveKind.Null),
        ["boolean"] = new PrimitiveType(PrimitiveKind.Boolean),
        ["int"] = new PrimitiveType(PrimitiveKind.Int),
        ["long"] = new PrimitiveType(PrimitiveKind.Long),
        ["float"] = new PrimitiveType(PrimitiveKind.Float),
        ["double"] = new PrimitiveType(PrimitiveKind.Double),
        ["string"] = new PrimitiveType(PrimitiveKind.String),
        ["File"] = new PrimitiveType(PrimitiveKind.File),
        ["Directory"] = new PrimitiveType(PrimitiveKind.Directory),
        ["Any"] = new PrimitiveType(PrimitiveKind.Any),
    };

    public static readonly CwlType Any = Primitives["Any"];
    public static readonly CwlType File = Primitives["File"];
    public static readonly CwlType Null = Primitives["null"];

    /// <returns>Any, with a complaint, where the type is wrong.</returns>
    public static CwlType Read(Node node, TypeUse use, Scope scope) => Read(node, use, scope, []);

    private static CwlType Read(Node node, TypeUse use, Scope scope, List<MapNode> open)
    {
        switch (node)
        {
            case ScalarNode { Value: string } text:
                return ReadText(text, use, scope, open);
            case ScalarNode { Value: null }:
                return Null;
            case ListNode { Items.Count: > 0 } list:
                return Union(list.Items.Select(item => Read(item, use, scope, open)));
            case MapNode map:
                return ReadDefinition(map, use, scope, open);
            default:
                scope.Error(node, $"Expected a type, such as 'string', 'File[]' or a mapping with 'type: record'; found {(node is ListNode ? "an empty list" : node.Description)}.");
                return Any;
        }
    }

    private static CwlType Union(IEnumerable<CwlType> types)
    {
        var options = new List<CwlType>();
        foreach (var option in types.SelectMany(type => type is UnionType union ? union.Options : [type]))
        {
            if (option is not PrimitiveType || !options.Contains(option))
            {
                options.Add(option);
            }
        }

        return options.Count == 1 ? options[0] : new UnionType(options);
    }

    /// <summary>A name with <c>?</c> and <c>[]</c> behind it.</summary>
    private static CwlType ReadText(ScalarNode node, TypeUse use, Scope scope, List<MapNode> open)
    {
        var name = node.Text;
        var isOptional = name.EndsWith('?');
        name = isOptional ? name[..^1] : name;
        var ranks = 0;
        while (name.AsSpan(0, name.Length - (2 * ranks)).EndsWith("[]"))
        {
            ranks++;
        }

        name = name[..^(2 * ranks)];

        if (ranks > (scope.Version == CwlVersion.V1_2 ? Depth : 1))
        {
            scope.Error(node, scope.Version == CwlVersion.V1_2 ? $"The type has too many dimensions; found {node.Description}." : $"'{node.Text}' needs v1.2; before, nested arrays are written as {{type: array, items: {name}[]}}.");
            return Any;
        }

        var type = Named(node, name, use, scope, open);
        for (; ranks > 0; ranks--)
        {
            type = new ArrayType(type);
        }

        return isOptional ? Union([Null, type]) : type;
    }

    private static CwlType Named(ScalarNode node, string name, TypeUse use, Scope scope, List<MapNode> open)
    {
        name = Links.Term(node.Document, name);
        if (Primitives.TryGetValue(name, out var primitive))
        {
            return primitive;
        }

        if (scope.Types.Find(node.Document, name) is { } definition)
        {
            return ReadDefinition(definition.Node, use, scope, open);
        }

        if (name is "stdin" or "stdout" or "stderr")
        {
            scope.Error(node, $"'{name}' must be the whole type of {(name == "stdin" ? "an input" : "an output")} of a CommandLineTool.");
            return Any;
        }

        scope.Error(node, $"There is no type '{name}'.{Suggestion.For(name, Primitives.Keys.Concat(scope.Types.Names))} A type of your own must be defined by a SchemaDefRequirement.");
        return Any;
    }

    private static CwlType ReadDefinition(MapNode map, TypeUse use, Scope scope, List<MapNode> open)
    {
        if (open.Contains(map) || open.Count == Depth)
        {
            scope.Error(map, open.Count == Depth ? $"Types are nested more than {Depth} levels deep." : "A type can't contain itself.");
            return Any;
        }

        open.Add(map);
        var type = ReadOpened(map, use, scope, open);
        open.RemoveAt(open.Count - 1);
        return type;
    }

    private static CwlType ReadOpened(MapNode map, TypeUse use, Scope scope, List<MapNode> open)
    {
        var kind = (map["type"] as ScalarNode)?.Text is { } written ? Links.Term(map.Document, written) : null;
        switch (kind)
        {
            case "array":
                var array = new Fields(scope, map, "An array type");
                var items = array.Require("items");
                var element = items is null ? Any : Read(items, use, scope, open);
                var type = new ArrayType(element, ReadCommon(array, use));
                array.Finish();
                return type;
            case "enum":
                return ReadEnum(new Fields(scope, map, "An enum type"), use);
            case "record":
                return ReadRecord(new Fields(scope, map, "A record type"), use, open);
            default:
                var found = map["type"] is { } wrong ? wrong : map;
                scope.Error(found, map["type"] is null
                    ? "A type that is a mapping needs the field 'type': array, enum or record."
                    : $"The 'type' of a type definition must be array, enum or record; found {found.Description}.{Suggestion.For(kind ?? "", ["array", "enum", "record"])}");
                return Any;
        }
    }

    private static EnumType ReadEnum(Fields fields, TypeUse use)
    {
        var symbols = new List<string>();
        if (fields.Require("symbols") is not null)
        {
            symbols.AddRange(fields.Texts("symbols").Select(symbol => symbol.Text.Contains('#', StringComparison.Ordinal) ? Links.ShortName(symbol.Text) : symbol.Text));
        }

        var type = new EnumType(NameOf(fields), symbols, ReadCommon(fields, use));
        fields.Finish();
        return type;
    }

    private static RecordType ReadRecord(Fields fields, TypeUse use, List<MapNode> open)
    {
        var members = new List<RecordField>();
        foreach (var item in MapItems.Of(fields.Get("fields"), "fields", "name", fields.Scope))
        {
            if (ReadField(item, use, fields.Scope, open) is not { } member)
            {
                continue;
            }

            if (members.Exists(other => other.Name == member.Name))
            {
                fields.Scope.Problems.Error(item.Position, $"The record has two fields '{member.Name}'.");
            }

            members.Add(member);
        }

        var type = new RecordType(NameOf(fields), members, ReadCommon(fields, use));
        fields.Finish();
        return type;
    }

    private static RecordField? ReadField(MapItem item, TypeUse use, Scope scope, List<MapNode> open)
    {
        if (item.Value is not MapNode map)
        {
            if (item.Key is null)
            {
                scope.Error(item.Value, $"A field of a record must be a mapping with 'name' and 'type'; found {item.Value.Description}.");
                return null;
            }

            return new RecordField { Name = Links.ShortName(item.Key), Type = Read(item.Value, use, scope, open), Position = item.Position };
        }

        var fields = new Fields(scope, map, "A record field");
        var name = item.Key ?? (fields.Require("name") as ScalarNode)?.Text;
        var type = fields.Require("type") is { } written ? Read(written, use, scope, open) : Any;
        return name is null ? null : ParameterReader.ReadRecordField(fields, Links.ShortName(name), type, item.Position, use);
    }

    /// <summary>The fields that all kinds of types share.</summary>
    private static CommandLineBinding? ReadCommon(Fields fields, TypeUse use)
    {
        fields.Get("type");
        fields.Get("name");
        fields.Get("label");
        fields.Get("doc");
        if (use is TypeUse.ToolOutput or TypeUse.ProcessOutput)
        {
            // v1.0 allows it there without giving it a meaning; types that inputs and outputs share may have the other one.
            fields.Get("outputBinding");
            fields.Get("inputBinding");
            return null;
        }

        return ParameterReader.ReadBinding(fields);
    }

    private static string? NameOf(Fields fields) => fields.Text("name") is { } name ? Links.Resolve(fields.Map.Document, name.Contains('#', StringComparison.Ordinal) ? name : '#' + name) : null;
}
