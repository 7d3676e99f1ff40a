namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    private Statement ParseClassDeclaration()
    {
        var position = token.Start;
        var type = ParseClass(isDeclaration: true);
        var target = Reference(type.Name, position);
        if (scope.Find(type.Name) is { } binding)
        {
            binding.ReadyAt = previousEnd;
        }
        target.Position = previousEnd;
        return new DeclarationStatement(BindingKind.Class, [new Declarator(target, type) { Position = position }]) { Position = position };
    }

    private ClassExpression ParseClass(bool isDeclaration)
    {
        EnsureStack();
        var position = Take().Start;
        var saidStrict = saysStrict;
        saysStrict = true;
        var name = "";
        if (isDeclaration || token.Kind == TokenKind.Identifier)
        {
            var token = ExpectBindingName("the name of the class");
            name = token.Text;
            if (isDeclaration)
            {
                Declare(name, BindingKind.Class, token.Start);
            }
        }
        var inner = OpenScope();
        var self = name.Length > 0 ? DeclareInner(name, position) : null;
        var parent = TryTake("extends") ? ParseChain() : null;
        var type = new ClassExpression(name, inner, self, parent) { Position = position };
        Expect("{", "to begin the body of the class");
        while (!TryTake("}"))
        {
            if (!TryTake(";"))
            {
                ParseClassMember(type);
            }
        }
        type.Constructor ??= DefaultConstructor(name, parent is not null, position);
        CheckPrivateNames();
        CloseScope();
        saysStrict = saidStrict;
        return type;
    }

    private Identifier DeclareInner(string name, int position)
    {
        scope.Declare(name, BindingKind.Const, position).ReadyAt = position;
        var identifier = Reference(name, position);
        return identifier;
    }

    private FunctionInfo DefaultConstructor(string name, bool isDerived, int position)
    {
        var info = new FunctionInfo(program, isDerived ? FunctionKind.DerivedConstructor : FunctionKind.Constructor, position) { Name = name };
        var outer = EnterFunction(info);
        if (isDerived)
        {
            info.Body = [new ExpressionStatement(new SuperCall(null) { Position = position }) { Position = position }];
        }
        LeaveFunction(info, outer);
        return info;
    }

    private void ParseClassMember(ClassExpression type)
    {
        var start = token.Start;
        var isStatic = AtName("static") && !EndsMemberName(Glance());
        if (isStatic)
        {
            Advance();
            if (At("{"))
            {
                Advance();
                var block = ParseThunk(() => ParseStatementsUntilBrace("static block"), "", start);
                type.Members.Add(new ClassMember(ClassMemberKind.StaticBlock, true, PropertyName.None, null, block));
                return;
            }
        }
        var isGenerator = TryTake("*");
        var kind = FunctionKind.Method;
        if (!isGenerator && (AtName("get") || AtName("set") || AtName("async")) && !EndsMemberName(Glance()))
        {
            if (AtName("async"))
            {
                ThrowUnavailable("async functions are", token.Start);
            }
            kind = Take().Text == "get" ? FunctionKind.Getter : FunctionKind.Setter;
        }
        ParseNamedMember(type, isStatic, isGenerator, kind, start);
    }

    private static bool EndsMemberName(in Token next) => next.Is("(") || next.Is("=") || next.Is(";") || next.Is("}");

    private void ParseNamedMember(ClassExpression type, bool isStatic, bool isGenerator, FunctionKind kind, int start)
    {
        Identifier? hidden = null;
        var name = PropertyName.None;
        var isLiteral = token.Kind is TokenKind.Identifier or TokenKind.Keyword or TokenKind.String;
        if (token.Kind == TokenKind.PrivateName)
        {
            var token = Take();
            if (scope.Find("#" + token.Text) is null)
            {
                type.PrivateNames.Add(DeclareInner("#" + token.Text, token.Start));
            }
            else if (!IsOtherHalf(type, "#" + token.Text, kind))
            {
                throw Error($"'#{token.Text}' has already been declared.", token.Start);
            }
            hidden = Reference("#" + token.Text, token.Start);
        }
        else
        {
            name = ParsePropertyName();
        }
        var text = hidden?.Name ?? name.ConstantName ?? "";
        if (!isStatic && hidden is null && isLiteral && text == "constructor" && At("("))
        {
            ParseConstructor(type, start, isGenerator || kind != FunctionKind.Method);
            return;
        }
        if (At("(") || isGenerator || kind != FunctionKind.Method)
        {
            var method = ParseFunctionRest(kind, isGenerator, text, start, isExpression: false);
            var member = kind switch { FunctionKind.Getter => ClassMemberKind.Getter, FunctionKind.Setter => ClassMemberKind.Setter, _ => ClassMemberKind.Method };
            type.Members.Add(new ClassMember(member, isStatic, name, hidden, method));
            return;
        }
        type.Members.Add(new ClassMember(ClassMemberKind.Field, isStatic, name, hidden, ParseField(text)));
    }

    /// <summary>Whether a getter meets its setter or the other way round.</summary>
    private static bool IsOtherHalf(ClassExpression type, string name, FunctionKind kind) => kind is FunctionKind.Getter or FunctionKind.Setter
        && type.Members.FindAll(m => m.Hidden?.Name == name) is [var other]
        && other.Kind == (kind == FunctionKind.Getter ? ClassMemberKind.Setter : ClassMemberKind.Getter);

    private void ParseConstructor(ClassExpression type, int start, bool isSpecial)
    {
        if (isSpecial || type.Constructor is not null)
        {
            throw Error(isSpecial ? "The constructor of a class must be a plain method." : "A class has only one constructor.", start);
        }
        var kind = type.Parent is null ? FunctionKind.Constructor : FunctionKind.DerivedConstructor;
        type.Constructor = ParseFunctionRest(kind, isGenerator: false, type.Name, start, isExpression: false);
    }

    private FunctionInfo? ParseField(string name)
    {
        FunctionInfo? initial = null;
        if (At("="))
        {
            var start = Take().Start;
            initial = ParseThunk(() => [new ReturnStatement(Named(ParseAssignment(), name)) { Position = start }], name, start);
        }
        ExpectEnd("a field");
        return initial;
    }

    /// <summary>Code of a class that runs as if it were a method without parameters.</summary>
    private FunctionInfo ParseThunk(Func<Statement[]> parseBody, string name, int position)
    {
        var info = new FunctionInfo(program, FunctionKind.Fields, position) { Name = name };
        var outer = EnterFunction(info);
        info.Body = parseBody();
        LeaveFunction(info, outer);
        return info;
    }

    /// <summary>A private name that no class around declares can never be found.</summary>
    private void CheckPrivateNames()
    {
        var outermost = true;
        for (var around = scope.Parent; around is not null; around = around.Parent)
        {
            outermost = outermost && !around.Bindings.Any(static b => b.Name.StartsWith('#'));
        }
        if (outermost && scope.FirstUnknownPrivate() is { } unknown)
        {
            throw Error($"The private name '{unknown.Name}' is not declared in a class around this.", unknown.Position);
        }
    }
}
