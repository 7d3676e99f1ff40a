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
        info.Body = ParseStatementsUntilBrace("function");
        info.End = previousEnd;
        if (isExpression && name.Length > 0 && scope.Find(name) is null && scope.Refers(name))
        {
            info.Self = scope.Declare(name, BindingKind.FunctionName, position);
        }
        LeaveFunction(info, outer);
        return info;
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
            info.Body = ParseStatementsUntilBrace("function");
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

    private (FunctionInfo Function, int Loops, int Switches, int Yields, bool InParameters, (string, bool)[] Labels) EnterFunction(FunctionInfo info)
    {
        EnsureStack();
        var outer = (function, loops, switches, yieldCount, inParameters, labels.ToArray());
        (function, loops, switches, yieldCount, inParameters) = (info, 0, 0, 0, false);
        labels.Clear();
        scope = info.Scope = new ScopeInfo(scope, info, isFunctionScope: true);
        return outer;
    }

    private void LeaveFunction(
        FunctionInfo info, (FunctionInfo Function, int Loops, int Switches, int Yields, bool InParameters, (string, bool)[] Labels) outer)
    {
        if (!info.IsArrow && scope.Find("arguments") is null && scope.Refers("arguments"))
        {
            info.Arguments = scope.Declare("arguments", BindingKind.Arguments, info.Position);
        }
        if (info.IsGenerator)
        {
            Linearizer.Prepare(info);
        }
        scope.Close();
        if (info.Rest is null && info.Parameters.TrueForAll(static p => p is Identifier))
        {
            info.PlainSlots = [.. info.Parameters.Select(p => scope.Find(((Identifier)p).Name)!).Select(static b => b.IsCaptured ? ~b.Slot : b.Slot)];
        }
        scope = scope.Parent!;
        (function, loops, switches, yieldCount, inParameters) = (outer.Function, outer.Loops, outer.Switches, outer.Yields, outer.InParameters);
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
}
