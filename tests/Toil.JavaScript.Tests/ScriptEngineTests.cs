using Xunit;

namespace Toil.JavaScript.Tests;

public class ScriptEngineTests
{
    private readonly ScriptEngine engine = new(new ScriptLimits(TimeSpan.FromSeconds(20)));

    [Fact]
    public void Evaluate_Data_ComesOutAsHostValues()
    {
        var result = engine.Evaluate("({n: 1, d: 1.5, t: 'x', b: true, z: null, u: undefined, l: [1, undefined], big: 1e300})", "test");

        var map = Assert.IsType<OrderedDictionary<string, object?>>(result);
        Assert.Equal(["n", "d", "t", "b", "z", "l", "big"], map.Keys);
        Assert.Equal([1L, 1.5, "x", true, null], map.Values.Take(5));
        Assert.Equal([1L, null], Assert.IsType<List<object?>>(map["l"]));
        Assert.Equal(1e300, map["big"]);
    }

    [Fact]
    public void SetGlobal_NestedMaps_AreReadAndKeptUntouched()
    {
        var inner = new OrderedDictionary<string, object?> { ["path"] = "/data/a.txt", ["size"] = 3 };
        engine.SetGlobal("inputs", new Dictionary<string, object?> { ["file"] = inner, ["list"] = new List<object?> { 1L, inner } });

        Assert.Equal("/data/a.txt3", engine.Evaluate("inputs.file.size = 4; inputs.file.path + inputs.list[1].size", "test"));
        Assert.Equal(3, inner["size"]);
        Assert.Throws<ArgumentException>(() => engine.SetGlobal("x", TimeSpan.Zero));
    }

    [Fact]
    public void Execute_Library_StaysForLaterScripts()
    {
        engine.Execute("var one = 1; let two = 2; function add(a, b) { return a + b; }", "library.js");

        Assert.Equal(3L, engine.Evaluate("add(one, two)", "test"));
    }

    [Fact]
    public void Evaluate_ErrorInLibrary_NamesItsPlace()
    {
        engine.Execute("function fail(x) {\n  return x.missing.y;\n}", "library.js");

        var error = Assert.Throws<ScriptException>(() => engine.Evaluate("fail({})", "test"));

        Assert.Equal(("library.js", 2, 20), (error.SourceName, error.Line, error.Column));
        Assert.Equal("TypeError: Cannot read properties of undefined (reading 'y')", error.Message);
    }

    [Theory]
    [InlineData("var a = [1]; a.push(a); a", "itself at [1]")]
    [InlineData("({f: {g: function () {}}})", "a function at f.g")]
    [InlineData("Symbol('x')", "is a symbol")]
    public void Evaluate_ResultThatIsNoData_SaysWhatAndWhere(string source, string expected)
    {
        var error = Assert.Throws<ScriptException>(() => engine.Evaluate(source, "test"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_SharedObject_ComesOutAsOne()
    {
        var list = Assert.IsType<List<object?>>(engine.Evaluate("var o = {}; [o, o]", "test"));

        Assert.Same(list[0], list[1]);
    }

    [Fact]
    public void ConsoleLines_AfterLog_HoldWhatWasWritten()
    {
        engine.Execute("console.log('a', 1, {b: [2]}, undefined); console.error('c')", "test");

        Assert.Equal(["a 1 {\"b\":[2]} undefined", "c"], engine.ConsoleLines);
    }
}
