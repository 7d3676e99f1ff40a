namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    /// <summary>Where <c>{a = 1}</c> was read as an object: allowed only if it turns out to be a pattern.</summary>
    private readonly SortedSet<int> pendingInitializers = [];

    private void CheckPendingInitializers()
    {
        if (pendingInitializers.Count > 0)
        {
            throw Error("'=' with a default value is allowed only in a pattern, not in an object.", pendingInitializers.Min);
        }
    }

    /// <summary>A name or pattern that declares variables; the new ones are added to <paramref name="declared"/>.</summary>
    private ITarget ParseBindingTarget(BindingKind kind, List<Binding> declared)
    {
        EnsureStack();
        if (At("["))
        {
            return ParseArrayBinding(kind, declared);
        }
        if (At("{"))
        {
            return ParseObjectBinding(kind, declared);
        }
        var name = ExpectBindingName(kind == BindingKind.Parameter ? "the name of a parameter" : "the name of a variable");
        return DeclareName(name, kind, declared);
    }

    private Identifier DeclareName(Token name, BindingKind kind, List<Binding> declared)
    {
        RejectAssignment(name.Text, name.Start);
        if (kind == BindingKind.Parameter && scope.Find(name.Text) is { Kind: BindingKind.Parameter })
        {
            throw Error($"There are two parameters named '{name.Text}'.", name.Start);
        }
        if (Declare(name.Text, kind, name.End) is { } binding)
        {
            declared.Add(binding);
        }
        var identifier = Reference(name.Text, name.Start);
        // A declaration doesn't use the variable: it never comes too early.
        identifier.Position = name.End;
        return identifier;
    }

    private ITarget ParseBindingElement(BindingKind kind, List<Binding> declared)
    {
        var target = ParseBindingTarget(kind, declared);
        return TryTake("=") ? new DefaultTarget(target, Named(ParseAssignment(), target)) : target;
    }

    private ArrayPattern ParseArrayBinding(BindingKind kind, List<Binding> declared)
    {
        var position = Take().Start;
        var elements = new List<ITarget?>();
        ITarget? rest = null;
        while (!At("]"))
        {
            if (TryTake("..."))
            {
                rest = ParseBindingTarget(kind, declared);
                break;
            }
            elements.Add(At(",") ? null : ParseBindingElement(kind, declared));
            if (!TryTake(","))
            {
                break;
            }
        }
        Expect("]", rest is null ? "to end the array pattern" : "after the rest element");
        return new ArrayPattern([.. elements], rest) { Position = position };
    }

    private ObjectPattern ParseObjectBinding(BindingKind kind, List<Binding> declared)
    {
        var position = Take().Start;
        var properties = new List<PatternProperty>();
        ITarget? rest = null;
        while (!At("}"))
        {
            if (TryTake("..."))
            {
                rest = DeclareName(ExpectBindingName("the name for the rest of the properties"), kind, declared);
                break;
            }
            properties.Add(ParseBindingProperty(kind, declared));
            if (!TryTake(","))
            {
                break;
            }
        }
        Expect("}", rest is null ? "to end the object pattern" : "after the rest element");
        return new ObjectPattern([.. properties], rest) { Position = position };
    }

    private PatternProperty ParseBindingProperty(BindingKind kind, List<Binding> declared)
    {
        if (token.Kind == TokenKind.Identifier && !Glance().Is(":"))
        {
            var name = ExpectBindingName("a property name");
            ITarget target = DeclareName(name, kind, declared);
            target = TryTake("=") ? new DefaultTarget(target, Named(ParseAssignment(), target)) : target;
            return new PatternProperty(new PropertyName(name.Text), target);
        }
        var key = ParsePropertyName();
        Expect(":", "after the property name in a pattern");
        return new PatternProperty(key, ParseBindingElement(kind, declared));
    }

    /// <summary>Reads an expression again as what an assignment changes.</summary>
    private ITarget ToTarget(Expression expression, int position)
    {
        EnsureStack();
        switch (expression)
        {
            case GuardedExpression guarded:
                return ToTarget(guarded.Inner, position);
            case Identifier identifier:
                RejectAssignment(identifier.Name, identifier.Position);
                return identifier;
            case ITarget target:
                return target;
            case AssignExpression { IsParenthesized: false } assignment:
                return new DefaultTarget(assignment.Target, assignment.Value);
            case ArrayLiteral { IsParenthesized: false } array:
                return ToArrayPattern(array);
            case ObjectLiteral { IsParenthesized: false } literal:
                return ToObjectPattern(literal);
            case OptionalChain:
                throw Error("An optional chain can't be assigned.", position);
            default:
                throw Error("This can't be assigned: expected a variable, a property or a pattern.", position);
        }
    }

    private ArrayPattern ToArrayPattern(ArrayLiteral array)
    {
        var elements = new List<ITarget?>();
        ITarget? rest = null;
        foreach (var element in array.Elements)
        {
            if (rest is not null)
            {
                throw Error("Nothing may follow the rest element of a pattern.", array.Position);
            }
            if (element is SpreadElement spread)
            {
                rest = ToTarget(spread.Value, spread.Position);
            }
            else
            {
                elements.Add(element is null ? null : ToTarget(element, element.Position));
            }
        }
        return new ArrayPattern([.. elements], rest) { Position = array.Position };
    }

    private ObjectPattern ToObjectPattern(ObjectLiteral literal)
    {
        var properties = new List<PatternProperty>();
        ITarget? rest = null;
        foreach (var property in literal.Properties)
        {
            if (rest is not null)
            {
                throw Error("Nothing may follow the rest element of a pattern.", literal.Position);
            }
            if (property.Kind == PropertyKind.Spread)
            {
                rest = ToTarget(property.Value, property.Value.Position);
            }
            else if (property.Kind == PropertyKind.Value)
            {
                pendingInitializers.Remove(property.InitializerAt);
                properties.Add(new PatternProperty(property.Name, ToTarget(property.Value, property.Value.Position)));
            }
            else
            {
                throw Error("A pattern can't contain a method or accessor.", property.Value.Position);
            }
        }
        return new ObjectPattern([.. properties], rest) { Position = literal.Position };
    }
}
