namespace Toil.JavaScript.Interpretation;

/// <summary>
/// Prepares a generator's body: takes each yield out of its expression and makes it a statement of its own, and keeps what was
/// evaluated before it in temporary slots. So only statements have to stop and go on.
/// </summary>
internal sealed class Linearizer
{
    private readonly FunctionInfo function;
    private readonly List<Statement> steps = [];

    private Linearizer(FunctionInfo function) => this.function = function;

    public static void Prepare(FunctionInfo function) => function.Body = new Linearizer(function).Visit(function.Body);

    public Statement[] Visit(Statement[] statements) => [.. statements.Select(Visit)];

    public Statement Visit(Statement statement) => statement.HasYield ? statement.Linearize(this) : statement;

    /// <summary>Makes a statement together with the steps that must come before it.</summary>
    public Statement Wrap(Func<Linearizer, Statement> make)
    {
        var inner = new Linearizer(function);
        inner.steps.Add(make(inner));
        return inner.steps.Count == 1 ? inner.steps[0] : new StatementSequence([.. inner.steps]);
    }

    public static Statement Sequence(params Statement[] statements) => new StatementSequence(statements);

    public void Emit(Statement statement) => steps.Add(statement);

    public Temporary NewTemporary() => new(function.FrameSlots++);

    public void Store(Temporary target, Expression value) => steps.Add(new StoreStatement(target, value));

    /// <summary>Evaluates now, for use later.</summary>
    public Expression Keep(Expression value)
    {
        if (value is Temporary or Literal)
        {
            return value;
        }
        var kept = NewTemporary();
        Store(kept, value);
        return kept;
    }

    /// <summary>Visits operands in order: those before one that yields are evaluated before it.</summary>
    public T[] Visit<T>(T[] operands)
        where T : Expression?
    {
        var visited = operands.Select(operand =>
        {
            var inner = new Linearizer(function);
            return (Operand: operand?.Linearize(inner), Inner: inner);
        }).ToArray();
        var last = Array.FindLastIndex(visited, static v => v.Inner.steps.Count > 0);
        var result = new T[operands.Length];
        for (var i = 0; i < result.Length; i++)
        {
            steps.AddRange(visited[i].Inner.steps);
            result[i] = (T)(i < last ? KeepOperand(visited[i].Operand) : visited[i].Operand)!;
        }
        return result;
    }

    public void Branch(Expression test, Action<Linearizer>? then, Action<Linearizer>? otherwise)
    {
        Statement Make(Action<Linearizer>? fill)
        {
            var inner = new Linearizer(function);
            fill?.Invoke(inner);
            return new StatementSequence([.. inner.steps]);
        }
        steps.Add(new IfStatement(test, Make(then), Make(otherwise)) { HasYield = true });
    }

    public (ITarget Target, Expression Value) VisitAssignment(ITarget target, Expression value)
    {
        switch (target)
        {
            case MemberExpression member:
                var pair = Visit<Expression>([member.Target, value]);
                return (new MemberExpression(pair[0], member.Name, false) { Position = member.Position }, pair[1]);
            case IndexExpression index:
                var three = Visit([index.Target, index.Index, value]);
                return (new IndexExpression(three[0], three[1], false) { Position = index.Position }, three[2]);
            default:
                return (target, value.Linearize(this));
        }
    }

    /// <summary>A target whose holder is evaluated once, and the expression that reads it.</summary>
    public (ITarget Target, Expression Old) VisitPlace(ITarget target)
    {
        switch (target)
        {
            case MemberExpression member:
                var simple = new MemberExpression(Keep(member.Target.Linearize(this)), member.Name, false) { Position = member.Position };
                return (simple, simple);
            case IndexExpression index:
                var holder = Keep(index.Target.Linearize(this));
                var indexed = new IndexExpression(holder, Keep(index.Index.Linearize(this)), false) { Position = index.Position };
                return (indexed, indexed);
            default:
                return (target, (Expression)target);
        }
    }

    /// <summary>Whether an expression has no yield.</summary>
    public bool IsSimple(Expression expression)
    {
        var inner = new Linearizer(function);
        expression.Linearize(inner);
        return inner.steps.Count == 0;
    }

    public ScriptException Unsupported(Node node, string where)
    {
        var (line, column) = function.Program.Locate(node.Position);
        return new ScriptException($"SyntaxError: yield is not available in {where}; put it into a statement of its own.", function.Program.Name, line, column);
    }

    private Expression? KeepOperand(Expression? operand) => operand switch
    {
        null => null,
        SpreadElement spread => new SpreadElement(KeepSpread(spread)) { Position = spread.Position },
        FunctionExpression => operand,
        _ => Keep(operand),
    };

    /// <summary>What is spread is read before a later yield.</summary>
    private Expression KeepSpread(SpreadElement spread) => Keep(new ArrayLiteral([spread]));
}
