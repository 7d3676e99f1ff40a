using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Toil.JavaScript.Parsing;

/// <summary>
/// Reads source, as strict code, into nodes that run themselves. But <c>with</c> is allowed in what doesn't say "use strict", and
/// code of the Function constructor is sloppy where libraries rely on it (see <see cref="FunctionInfo.IsSloppy"/>).
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Every so many levels of nesting a node checks the stack when it runs.</summary>
    private const int LevelsPerGuard = 40;

    private readonly Lexer lexer;
    private readonly Program program;
    private readonly Dictionary<int, bool> arrowsByParenthesis = [];
    private Token token;
    private int previousEnd;
    private ScopeInfo scope;
    private FunctionInfo function;
    private int level;
    private bool saysStrict;

    /// <summary>The world whose script wants the source parsed, to count it as work; null when the host does.</summary>
    private readonly Realm? realm;

    private Parser(string source, string name, Realm? realm = null)
    {
        this.realm = realm;
        program = new Program(source, name);
        lexer = new Lexer(source, name);
        function = new FunctionInfo(program, FunctionKind.Program, 0);
        scope = new ScopeInfo(null, function, isFunctionScope: true);
        function.Scope = scope;
        program.Main = function;
    }

    /// <exception cref="ScriptException">The source isn't JavaScript, or not what expressions may use; with line and column.</exception>
    /// <exception cref="ScriptLimitException">It is nested too deeply.</exception>
    public static Program Parse(string source, string name)
    {
        var parser = new Parser(source, name);
        parser.ParseProgram();
        return parser.program;
    }

    private void ParseProgram()
    {
        Advance();
        var body = new List<Statement>();
        var inPrologue = true;
        while (token.Kind != TokenKind.End)
        {
            inPrologue = inPrologue && ReadDirective();
            body.Add(ParseStatementListItem());
        }
        function.Body = [.. body];
        CheckPendingInitializers();
        ResolveNames();
    }

    private void Advance()
    {
        previousEnd = token.End;
        token = lexer.Next();
    }

    private Token Take()
    {
        var taken = token;
        Advance();
        return taken;
    }

    private bool At(string sign) => token.Is(sign);

    private bool AtName(string name) => token is { Kind: TokenKind.Identifier, Escaped: false } && token.Text == name;

    private bool TryTake(string sign)
    {
        if (!token.Is(sign))
        {
            return false;
        }
        Advance();
        return true;
    }

    private Token Expect(string sign, string where)
    {
        return token.Is(sign) ? Take() : throw Unexpected($"'{sign}' {where}");
    }

    /// <summary>A semicolon, or what stands for one.</summary>
    private void ExpectEnd(string after)
    {
        if (!TryTake(";") && !At("}") && token.Kind != TokenKind.End && !token.NewLineBefore)
        {
            throw Unexpected($"';' or a new line after {after}");
        }
    }

    private ScriptException Unexpected(string expected) => Error($"Expected {expected}, but found {token.Describe()}.", token.Start);

    private ScriptException Error(string message, int position) => lexer.Error(message, position);

    /// <summary>Whether the token after the current one is on the same line and satisfies the question.</summary>
    private Token Glance()
    {
        lexer.MoveTo(token.End);
        var next = lexer.Next();
        lexer.MoveTo(token.End);
        return next;
    }

    /// <summary>Goes one level down; the caller adds one to <see cref="level"/> and takes it back.</summary>
    private void EnsureStack()
    {
        realm?.Tick();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            var (line, column) = program.Locate(token.Start);
            throw new ScriptLimitException("The script's text is nested too deeply.", program.Name, line, column);
        }
    }

    private static Expression Guard(Expression expression, int depth) =>
        depth % LevelsPerGuard == 0 && expression is not (Identifier or Literal) ? new GuardedExpression(expression) : expression;

    private ScopeInfo OpenScope(bool alwaysCheck = false, bool isWith = false) =>
        scope = new ScopeInfo(scope, function, isFunctionScope: false) { AlwaysCheck = alwaysCheck, IsWith = isWith };

    private void CloseScope()
    {
        ResolveNames();
        scope = scope.Parent!;
    }

    /// <summary>Ends the current scope: all its variables are known.</summary>
    private void ResolveNames()
    {
        realm?.Tick(scope.ReferenceCount);
        scope.Close();
    }

    private Binding? Declare(string name, BindingKind kind, int position)
    {
        if (kind is BindingKind.Let or BindingKind.Const && name == "let")
        {
            throw Error("'let' can't be the name of a variable.", position);
        }
        var owner = scope;
        if (kind == BindingKind.Var)
        {
            for (; !owner.IsFunctionScope; owner = owner.Parent!)
            {
                RejectRedeclaration(owner.Find(name) is { IsLexical: true } || owner.Find(name) is { Kind: BindingKind.Function }, name, position);
            }
        }
        if (owner.Parent is null)
        {
            DeclareGlobal(name, kind, position);
            return null;
        }
        var known = owner.Find(name);
        if (known is null)
        {
            return owner.Declare(name, kind, position);
        }
        var bothOld = kind is BindingKind.Var or BindingKind.Function or BindingKind.Parameter && !known.IsLexical;
        RejectRedeclaration(!bothOld || (kind == BindingKind.Function && !owner.IsFunctionScope), name, position);
        return known;
    }

    private void DeclareGlobal(string name, BindingKind kind, int position)
    {
        var lexical = kind is not (BindingKind.Var or BindingKind.Function);
        var known = function.GlobalLexicals.Exists(e => e.Name == name);
        RejectRedeclaration(known || (lexical && function.GlobalNames.Contains(name)), name, position);
        if (lexical)
        {
            function.GlobalLexicals.Add(new GlobalLexicalInfo(name, kind == BindingKind.Const));
        }
        else if (!function.GlobalNames.Contains(name))
        {
            function.GlobalNames.Add(name);
        }
    }

    private void RejectRedeclaration(bool clash, string name, int position)
    {
        if (clash)
        {
            throw Error($"'{name}' has already been declared.", position);
        }
    }

    private Identifier Reference(string name, int position)
    {
        var identifier = new Identifier(name) { Position = position };
        scope.Refer(identifier);
        return identifier;
    }

    /// <summary>Takes a name that a variable may have.</summary>
    private Token ExpectBindingName(string what)
    {
        RejectUnavailable();
        if (token.Kind != TokenKind.Identifier)
        {
            throw Unexpected(what);
        }
        CheckName(token);
        return Take();
    }

    private void CheckName(in Token name)
    {
        if (Keywords.IsReservedInStrictCode(name.Text) || (name.Escaped && Keywords.IsReserved(name.Text)))
        {
            throw Error($"'{name.Text}' is reserved and can't be a name here.", name.Start);
        }
    }

    private void RejectAssignment(string name, int position)
    {
        if (name is "eval" or "arguments")
        {
            throw Error($"'{name}' can't be assigned or declared in strict code.", position);
        }
    }

    [DoesNotReturn]
    private void ThrowUnavailable(string what, int position) => throw Error($"{what} not available in expressions.", position);

    /// <summary>Tells people about the parts of the language that wait for something: here nothing does.</summary>
    private void RejectUnavailable()
    {
        if (At("import") || At("export"))
        {
            ThrowUnavailable("import and export are", token.Start);
        }
        if (AtName("async") && Glance() is { NewLineBefore: false } next
            && (next.Is("function") || (next.Kind == TokenKind.Identifier && IsArrowAfter(next.End)) || (next.Is("(") && IsArrow(next.Start))))
        {
            ThrowUnavailable("async functions are", token.Start);
        }
        if (AtName("await") && Glance() is { NewLineBefore: false, Kind: TokenKind.Identifier or TokenKind.Keyword })
        {
            ThrowUnavailable("await is", token.Start);
        }
    }
}
