namespace Toil.JavaScript.Parsing;

/// <summary>Functions from text, as the Function constructor makes them.</summary>
internal sealed partial class Parser
{
    private const string Head = "function anonymous(";
    private const string Middle = "\n) {\n";
    private const string Tail = "\n}";

    /// <summary>The function of the global scope that has these parameters and this body, as sloppy code unless it says "use strict".</summary>
    /// <exception cref="ScriptException">One of the texts isn't what it should be, by itself; lines are those of the whole function.</exception>
    /// <exception cref="ScriptLimitException">It is nested too deeply, or the time is over.</exception>
    public static FunctionInfo ParseFunction(Realm realm, string parameters, string body)
    {
        var parser = new Parser(Head + parameters + Middle + body + Tail, "Function", realm);
        return parser.ParseText(Head.Length - 1, Head.Length + parameters.Length + Middle.Length);
    }

    private FunctionInfo ParseText(int parenthesis, int bodyAt)
    {
        var info = new FunctionInfo(program, FunctionKind.Normal, 0) { Name = "anonymous" };
        var outer = EnterFunction(info);
        lexer.MoveTo(parenthesis);
        Advance();
        Advance();
        ParseParameters(info);
        if (Expect("{", "after the parameters").End != bodyAt - 1)
        {
            throw Error("Expected parameters, but a ')' ends them too early.", previousEnd);
        }
        info.Body = ParseFunctionBody();
        info.End = previousEnd;
        if (info.End != program.Source.Length)
        {
            throw Error("Expected the body of a function, but a '}' ends it too early.", previousEnd - 1);
        }
        LeaveFunction(info, outer);
        CheckPendingInitializers();
        ResolveNames();
        return info;
    }
}
