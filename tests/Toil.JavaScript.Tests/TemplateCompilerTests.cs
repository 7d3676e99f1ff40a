using Xunit;

namespace Toil.JavaScript.Tests;

/// <summary>A library that makes functions of templates, as those do that people load with expressionLib.</summary>
public class TemplateCompilerTests
{
    private const string Compiler = """
        (function () {
          var root = this || globalThis;
          var marks = /\{\{-([^]+?)\}\}|\{\{=([^]+?)\}\}|\{\{([^]+?)\}\}|$/g;
          var unsafe = /['\\\r\n\u2028\u2029]/g;
          var safe = {"'": "'", '\\': '\\', '\r': 'r', '\n': 'n', '\u2028': 'u2028', '\u2029': 'u2029'};
          var tools = {html: function (s) { return String(s).replace(/[&<>]/g, function (c) { return '&#' + c.charCodeAt(0) + ';'; }); }};
          root.compile = function (text, variable) {
            var at = 0, code = "out += '";
            text.replace(marks, function (whole, escaped, plain, statement, offset) {
              code += text.slice(at, offset).replace(unsafe, function (c) { return '\\' + safe[c]; });
              at = offset + whole.length;
              if (escaped) code += "' + ((it = (" + escaped + ")) == null ? '' : tools.html(it)) + '";
              else if (plain) code += "' + ((it = (" + plain + ")) == null ? '' : it) + '";
              else if (statement) code += "';\n" + statement + "\nout += '";
              return whole;
            });
            code += "';\n";
            if (!variable) code = 'with (data || {}) {\n' + code + '}\n';
            code = "var it, out = '', put = function () { out += [].join.call(arguments, ''); };\n" + code + 'return out;\n';
            var render;
            try {
              render = new Function(variable || 'data', 'tools', code);
            } catch (e) {
              e.source = code;
              throw e;
            }
            return function (data) { return render.call(this, data, tools); };
          };
        }.call(this));
        """;

    private readonly ScriptEngine engine = new(new ScriptLimits(TimeSpan.FromSeconds(20)));

    public TemplateCompilerTests() => engine.Execute(Compiler, "expressionLib");

    [Theory]
    [InlineData("compile('It\\'s {{= file.path.split(\"/\").pop() }}\\n')({file: {path: '/d/a.txt'}})", "It's a.txt\n")]
    [InlineData("compile('{{- text }} {{= none }}{{= n + 1 }}')({text: '<b>', none: null, n: 1})", "&#60;b&#62; 2")]
    [InlineData("compile('{{ for (var i = 0; i < list.length; i++) { }}[{{= list[i] }}]{{ } }}')({list: [1, 2]})", "[1][2]")]
    [InlineData("compile('{{ list.forEach(function (x) { put(x, sep); }); }}')({list: ['a', 'b'], sep: ';'})", "a;b;")]
    [InlineData("compile('{{= data.inputs.name }}', 'data')({inputs: {name: 'n'}})", "n")]
    [InlineData("compile('{{= typeof name }}')()", "undefined")]
    public void Evaluate_CompiledTemplate_GivesItsText(string source, string expected)
    {
        Assert.Equal(expected, engine.Evaluate(source, "test"));
    }

    [Fact]
    public void Evaluate_TemplateThatDoesNotParse_IsASyntaxErrorThatKnowsItsSource()
    {
        Assert.Equal(true, engine.Evaluate("try { compile('{{= a b }}') } catch (e) { e instanceof SyntaxError && e.source.includes('a b') }", "test"));
    }

    [Fact]
    public void Evaluate_ErrorInCompiledFunction_NamesItsLine()
    {
        var error = Assert.Throws<ScriptException>(() => engine.Evaluate("Function('a', 'return 1 +\\n  a.b.c')({})", "test"));

        Assert.Equal(("Function", 4, 7), (error.SourceName, error.Line, error.Column));
    }
}
