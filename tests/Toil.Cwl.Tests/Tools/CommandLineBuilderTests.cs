using Toil.Cwl.Expressions;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class CommandLineBuilderTests
{
    private static readonly PrimitiveType String = new(PrimitiveKind.String);

    private static readonly Dictionary<string, (CommandLineBinding Binding, object? Value, string Expected)> Bindings = new()
    {
        ["a text"] = (Bound(), "x", "x"),
        ["with a prefix"] = (Bound("-p"), "x", "-p x"),
        ["not separate"] = (Bound("-p") with { Separate = false }, "x", "-px"),
        ["true"] = (Bound("-p"), true, "-p"),
        ["false"] = (Bound("-p"), false, ""),
        ["true without a prefix"] = (Bound(), true, ""),
        ["null"] = (Bound("-p"), null, ""),
        ["an integer"] = (Bound("-p"), 3L, "-p 3"),
        ["a small number"] = (Bound("-p"), 1.23e-05, "-p 0.0000123"),
        ["a joined list"] = (Bound("-p") with { ItemSeparator = "," }, List("a", "b"), "-p a,b"),
        ["a joined list, not separate"] = (Bound("-p") with { ItemSeparator = ",", Separate = false }, List("a", "b"), "-pa,b"),
        ["a list"] = (Bound("-p"), List("a", "b"), "-p a b"),
        ["an empty list"] = (Bound("-p"), List(), ""),
        ["valueFrom"] = (Bound("-p") with { ValueFrom = Text("$(self[1])") }, List("a", "b"), "-p b"),
        ["valueFrom with a list"] = (Bound("-p") with { ValueFrom = Text("$(self)") }, List("a", "b"), "-p a b"),
        ["a File"] = (Bound("-p"), Map(("class", "File"), ("path", "/d/f"), ("location", "file:///d/f")), "-p /d/f"),
    };

    public static TheoryData<string> Cases => [.. Bindings.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Build_Value_FollowsItsBinding(string @case)
    {
        var (binding, value, expected) = Bindings[@case];
        CwlType type = value switch
        {
            bool => new PrimitiveType(PrimitiveKind.Boolean),
            long => new PrimitiveType(PrimitiveKind.Long),
            double => new PrimitiveType(PrimitiveKind.Double),
            string or null => String,
            List<object?> => new ArrayType(String),
            _ => new PrimitiveType(PrimitiveKind.File),
        };
        Assert.Equal(expected, Build(Map(("in", value)), new InputParameter { Name = "in", Type = type, Binding = binding, Position = Here }));
    }

    [Fact]
    public void Build_PositionsNamesAndArguments_DecideTheOrder() => Assert.Equal(
        "first a0 a1 z -b b -a a last",
        Build(
            Map(("a", "a"), ("b", "b"), ("z", "z")),
            [
                new InputParameter { Name = "a", Type = String, Binding = Bound("-a") with { SortKey = Text("$(inputs.z.length)") }, Position = Here },
                new InputParameter { Name = "b", Type = String, Binding = Bound("-b") with { SortKey = 0L }, Position = Here },
                new InputParameter { Name = "z", Type = String, Binding = Bound() with { SortKey = -1L }, Position = Here },
            ],
            [Argument("a0") with { SortKey = -2L }, Argument("a1") with { SortKey = -2L }, Argument("last") with { SortKey = 9L }, Argument("first") with { SortKey = -3L }]));

    [Fact]
    public void Build_RecordsArraysAndUnions_BindWhatIsInside()
    {
        var record = new RecordType(null, [Field("n", new PrimitiveType(PrimitiveKind.Int), Bound("-n") with { SortKey = 2L }), Field("s", String, Bound("-s") with { SortKey = 1L })], Bound("rec"));
        var type = new UnionType([new PrimitiveType(PrimitiveKind.Null), new ArrayType(record)]);
        var value = List(Map(("n", 1L), ("s", "x")), Map(("n", 2L), ("s", null)));
        var optional = record with { Fields = [record.Fields[0], record.Fields[1] with { Type = new UnionType([new PrimitiveType(PrimitiveKind.Null), String]) }] };
        Assert.Equal(
            "all rec -s x -n 1 rec -n 2",
            Build(Map(("in", value)), new InputParameter { Name = "in", Type = new UnionType([type.Options[0], new ArrayType(optional)]), Binding = Bound("all"), Position = Here }));
    }

    [Fact]
    public void Build_ArrayWithItsOwnBinding_PrefixesEachItem() => Assert.Equal(
        "-X -Y a -Y b",
        Build(Map(("in", List("a", "b"))), new InputParameter { Name = "in", Type = new ArrayType(String, Bound("-Y")), Binding = Bound("-X"), Position = Here }));

    [Theory]
    [InlineData("plain/path.txt", true, "plain/path.txt")]
    [InlineData("two words", true, "'two words'")]
    [InlineData("it's", true, "'it'\"'\"'s'")]
    [InlineData("", true, "''")]
    [InlineData("a | b", false, "a | b")]
    public void ForShell_Word_IsQuotedUnlessItIsForTheShell(string text, bool quoted, string expected) => Assert.Equal(expected, new CommandWord(text, quoted).ForShell());

    private static CommandLineBinding Bound(string? prefix = null) => new() { Prefix = prefix, Position = Here };

    private static List<object?> List(params object?[] items) => [.. items];

    private static RecordField Field(string name, CwlType type, CommandLineBinding binding) => new() { Name = name, Type = type, Binding = binding, Position = Here };

    private static string Build(OrderedDictionary<string, object?> inputs, params InputParameter[] parameters) => Build(inputs, parameters, []);

    private static string Build(OrderedDictionary<string, object?> inputs, InputParameter[] parameters, CommandLineBinding[] arguments)
    {
        var evaluator = new Evaluator(CwlVersion.V1_2, new InlineJavascriptRequirement { Position = Here }, EvaluatorOptions.Default);
        var tool = new CommandLineTool { Id = "t", Version = CwlVersion.V1_2, Position = Here, Inputs = parameters, Arguments = arguments };
        return string.Join(' ', new CommandLineBuilder((text, self) => evaluator.Evaluate(text, inputs, self)).Build(tool, inputs).Select(word => word.Text));
    }
}
