namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    private bool inParameters;

    private Statement ParseFunctionDeclaration()
    {
        var position = Take().Start;
        var isGenerator = TryTake("*");
        var name = ExpectBindingName("the name of the function");
        RejectAssignment(name.Text, name.Start);
        Declare(name.Text, BindingKind.Function, name.Start);
        var target = Reference(name.Text, name.Start);
        var info = ParseFunctionRest(FunctionKind.Normal, isGenerator, name.Text, position, isExpression: false);
        scope.Functions.Add(new FunctionDeclaration(target, info));
        return new EmptyStatement { Position = position };
    }

    private FunctionExpression ParseFunctionExpression()
    {
        var position = Take().Start;
        var isGenerator = TryTake("*");
        var name = "";
        if (!At("("))
        {
            var token = ExpectBindingName("'(' or the name of the function");
            RejectAssignment(token.Text, token.Start);
            name = token.Text;
        }
        return new FunctionExpression(ParseFunctionRest(FunctionKind.Normal, isGenerator, name, position, isExpression: true)) { Position = position };
    }

    /// <summary>Parses from the parameters on.</summary>
    private FunctionInfo ParseFunctionRest(FunctionKind kind, bool isGenerator, string name, int position, bool isExpression)
    {
        var info = new FunctionInfo(program, kind, position) { Name = name, IsGenerator = isGenerator };
        var outer = EnterFunction(info);
        Expect("(", "to begin the parameters");
        ParseParameters(info);
        CheckAccessorParameters(info, position);
        Expect("{", "to begin the body of the function");
        info.Body = ParseFunctionBody();
        info.End = previousEnd;
        if (isExpression && name.Length > 0 && scope.Find(name) is null && scope.Refers(name))
        {
            info.Self = scope.Declare(name, BindingKind.FunctionName, position);
        }
        LeaveFunction(info, outer);
        return info;
    }

    private Statement[] ParseFunctionBody() => ParseStatementsUntilBrace("function", mayHaveDirectives: true);

    /// <summary>At a statement that may be a directive: takes note of "use strict". Gives whether another may follow.</summary>
    private bool ReadDirective()
    {
        const int Length = 12;
        if (token.Kind == TokenKind.String && token.Text == "use strict" && token.End - token.Start == Length)
        {
            var next = Glance();
            saysStrict |= next.NewLineBefore || next.Kind == TokenKind.End || next.Is(";") || next.Is("}");
        }
        return token.Kind == TokenKind.String;
    }

    private void CheckAccessorParameters(FunctionInfo info, int position)
    {
        var count = info.Parameters.Count;
        if (info.Kind == FunctionKind.Getter && (count > 0 || info.Rest is not null))
        {
            throw Error("A getter has no parameters.", position);
        }
        if (info.Kind == FunctionKind.Setter && (count != 1 || info.Rest is not null))
        {
            throw Error("A setter has exactly one parameter.", position);
        }
    }

    private Expression ParseArrow()
    {
        var position = token.Start;
        var info = new FunctionInfo(program, FunctionKind.Arrow, position);
        var outer = EnterFunction(info);
        if (TryTake("("))
        {
            ParseParameters(info);
        }
        else
        {
            info.Parameters.Add(ParseBindingTarget(BindingKind.Parameter, []));
            info.Length = 1;
        }
        if (token.NewLineBefore)
        {
            throw Error("'=>' must stand on the line of the parameters.", token.Start);
        }
        Expect("=>", "after the parameters");
        if (TryTake("{"))
        {
            info.Body = ParseFunctionBody();
        }
        else
        {
            var start = token.Start;
            info.Body = [new ReturnStatement(ParseAssignment()) { Position = start }];
        }
        info.End = previousEnd;
        LeaveFunction(info, outer);
        return new FunctionExpression(info) { Position = position };
    }

    private void ParseParameters(FunctionInfo info)
    {
        inParameters = true;
        var counting = true;
        while (!At(")"))
        {
            if (TryTake("..."))
            {
                info.Rest = ParseBindingTarget(BindingKind.Parameter, []);
                break;
            }
            var parameter = ParseBindingElement(BindingKind.Parameter, []);
            counting = counting && parameter is not DefaultTarget;
            info.Length += counting ? 1 : 0;
            info.Parameters.Add(parameter);
            if (!TryTake(","))
            {
                break;
            }
        }
        Expect(")", info.Rest is null ? "or ',' after a parameter" : "after the rest parameter");
        inParameters = false;
    }

    private OuterState EnterFunction(FunctionInfo info)
    {
        EnsureStack();
        var outer = new OuterState(function, loops, switches, yieldCount, inParameters, saysStrict, labels.ToArray());
        function = info;
        loops = switches = yieldCount = 0;
        inParameters = false;
        labels.Clear();
        scope = info.Scope = new ScopeInfo(scope, info, isFunctionScope: true);
        return outer;
    }

    private void LeaveFunction(FunctionInfo info, OuterState outer)
    {
        if (!info.IsArrow && scope.Find("arguments") is null && scope.Refers("arguments"))
        {
            info.Arguments = scope.Declare("arguments", BindingKind.Arguments, info.Position);
        }
        info.IsSloppy = realm is not null && !saysStrict;
        if (info.IsGenerator)
        {
            Linearizer.Prepare(info);
        }
        ResolveNames();
        if (info.Rest is null && info.Parameters.TrueForAll(static p => p is Identifier))
        {
            info.PlainSlots = new int[info.Parameters.Count];
            for (var i = 0; i < info.PlainSlots.Length; i++)
            {
                var binding = scope.Find(((Identifier)info.Parameters[i]).Name)!;
                info.PlainSlots[i] = binding.IsCaptured ? ~binding.Slot : binding.Slot;
            }
        }
        scope = scope.Parent!;
        function = outer.Function;
        loops = outer.Loops;
        switches = outer.Switches;
        yieldCount = outer.Yields;
        inParameters = outer.InParameters;
        saysStrict = outer.SaysStrict;
        labels.AddRange(outer.Labels);
    }

    /// <summary>Gives a function without a name that of what it is assigned to.</summary>
    private static Expression Named(Expression value, ITarget target) => target is Identifier name ? Named(value, name.Name) : value;

    private static Expression Named(Expression value, string? name)
    {
        if (name is not null && !value.IsParenthesized)
        {
            if (value is FunctionExpression { Function.Name: "" } function)
            {
                function.Function.Name = name;
            }
            else if (value is ClassExpression { Constructor.Name: "" } type)
            {
                type.Constructor.Name = name;
            }
        }
        return value;
    }

    /// <summary>Where the parser was when it met a function.</summary>
    private sealed record OuterState(FunctionInfo Function, int Loops, int Switches, int Yields, bool InParameters, bool SaysStrict, Label[] Labels);
}
