namespace Toil.JavaScript.Interpretation;

internal enum ClassMemberKind
{
    Method,
    Getter,
    Setter,
    Field,
    StaticBlock,
}

/// <summary>A member of a class; its name is fixed, computed or private.</summary>
internal sealed record ClassMember(ClassMemberKind Kind, bool IsStatic, PropertyName Name, Identifier? Hidden, FunctionInfo? Function);

internal sealed class ClassExpression(string name, ScopeInfo scope, Identifier? self, Expression? parent) : Expression
{
    public string Name => name;

    public Expression? Parent => parent;

    public List<ClassMember> Members { get; } = [];

    /// <summary>Variables that hold the symbols of private names.</summary>
    public List<Identifier> PrivateNames { get; } = [];

    public FunctionInfo Constructor { get; set; } = null!;

    public override JsValue Evaluate(Frame frame)
    {
        Realm.EnsureStack();
        var outer = frame.Scope;
        scope.Enter(frame);
        foreach (var hidden in PrivateNames)
        {
            hidden.Initialize(frame, new JsSymbol(hidden.Name) { IsPrivate = true });
        }
        var (parentFunction, parentPrototype) = EvaluateParent(frame);
        var prototype = new JsObject(parentPrototype);
        var type = new ScriptFunction(frame, Constructor, parentFunction) { Home = prototype };
        type.Put("prototype", prototype, PropertyFlags.None);
        prototype.Put("constructor", type, PropertyFlags.Hidden);
        var fields = new ClassFields();
        type.Class = fields;
        var initial = new ClassFields();
        foreach (var member in Members)
        {
            Add(frame, member, member.IsStatic ? type : prototype, member.IsStatic ? initial : fields);
        }
        self?.Initialize(frame, type);
        initial.InitializeFields(type);
        frame.Scope = outer;
        return type;
    }

    public override Expression Linearize(Linearizer linearizer) => this;

    private (JsObject? Function, JsObject? Prototype) EvaluateParent(Frame frame)
    {
        if (parent is null)
        {
            return (null, frame.Realm.ObjectPrototype);
        }
        var value = parent.Evaluate(frame);
        frame.Position = Position;
        if (value.IsNull)
        {
            return (null, null);
        }
        if (value.Function is not { IsConstructor: true } function)
        {
            throw Errors.Type($"Class extends value {Js.Display(value)} is not a constructor or null");
        }
        var prototype = function.Get("prototype");
        return prototype.IsObject || prototype.IsNull
            ? (function, prototype.Object)
            : throw Errors.Type("Class extends value does not have valid prototype property");
    }

    private static void Add(Frame frame, ClassMember member, JsObject home, ClassFields fields)
    {
        var key = member.Hidden is { } hidden ? (PropertyKey)(JsSymbol)hidden.Evaluate(frame).Ref! : member.Name.Evaluate(frame);
        var prefix = member.Kind switch { ClassMemberKind.Getter => "get ", ClassMemberKind.Setter => "set ", _ => "" };
        var function = member.Function is { } code
            ? new ScriptFunction(frame, code) { Home = home, GivenName = prefix + (member.Hidden?.Name ?? FunctionNames.Of(key)) }
            : null;
        if (member.Kind is ClassMemberKind.Field or ClassMemberKind.StaticBlock || member.Hidden is not null)
        {
            fields.Add(member.Kind, key, function);
        }
        else if (member.Kind == ClassMemberKind.Method)
        {
            home.Put(key, function!, PropertyFlags.Hidden);
        }
        else
        {
            ObjectLiteral.DefineAccessor(home, key, function!, member.Kind == ClassMemberKind.Getter, enumerable: false);
        }
    }
}

/// <summary>What each new object of a class gets: fields, and private methods, which live in the object itself.</summary>
internal sealed class ClassFields
{
    private readonly List<(ClassMemberKind Kind, PropertyKey Key, ScriptFunction? Function)> members = [];

    public void Add(ClassMemberKind kind, PropertyKey key, ScriptFunction? function) => members.Add((kind, key, function));

    public void InitializeFields(JsObject target)
    {
        foreach (var (kind, key, function) in members)
        {
            if (kind == ClassMemberKind.Method)
            {
                target.Put(key, function!, PropertyFlags.None);
            }
            else if (kind is ClassMemberKind.Getter or ClassMemberKind.Setter)
            {
                ObjectLiteral.DefineAccessor(target, key, function!, kind == ClassMemberKind.Getter, enumerable: false);
            }
        }
        foreach (var (kind, key, function) in members)
        {
            if (kind is ClassMemberKind.Field or ClassMemberKind.StaticBlock)
            {
                var value = function?.Call(target, []) ?? default;
                if (kind == ClassMemberKind.Field)
                {
                    target.Put(key, value);
                }
            }
        }
    }
}
