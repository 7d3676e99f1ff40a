namespace Toil.JavaScript.Interpretation;

/// <summary>A piece of parsed code that runs itself. It holds no state of a run.</summary>
internal abstract class Node
{
    /// <summary>Offset in the source, for errors.</summary>
    public int Position { get; set; }
}

internal abstract class Expression : Node
{
    public bool IsParenthesized { get; set; }

    public abstract JsValue Evaluate(Frame frame);

    public virtual bool EvaluateCondition(Frame frame)
    {
        var value = Evaluate(frame);
        return value.IsBoolean ? value.IsTrue : Js.ToBoolean(value);
    }

    /// <summary>Takes out the yields: see <see cref="Linearizer"/>.</summary>
    public virtual Expression Linearize(Linearizer linearizer) => this;
}

/// <summary>How a statement ended.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
    Return,

    /// <summary>It isn't over: a generator waits to be resumed. Only <see cref="Statement.Steps"/> gives this.</summary>
    Yield,
}

internal abstract class Statement : Node
{
    /// <summary>Whether a generator may stop within it.</summary>
    public bool HasYield { get; set; }

    public abstract Completion Execute(Frame frame);

    /// <summary>Runs it with stops: each element but the last is a yield, the last is how it ended.</summary>
    public virtual IEnumerable<Completion> Steps(Frame frame)
    {
        yield return Execute(frame);
    }

    /// <summary>Takes the yields out of its expressions, to be called before <see cref="Steps"/> is used.</summary>
    public virtual Statement Linearize(Linearizer linearizer) => this;
}

/// <summary>Something that a value can be put into: a variable, a property or a pattern of them.</summary>
internal interface ITarget
{
    int Position { get; }

    void Assign(Frame frame, JsValue value);

    /// <summary>Gives a variable its first value; for all else the same as assigning.</summary>
    void Initialize(Frame frame, JsValue value);
}

/// <summary>Stands at every so many levels of nesting and checks that the stack suffices.</summary>
internal sealed class GuardedExpression : Expression
{
    public GuardedExpression(Expression inner)
    {
        Inner = inner;
        Position = inner.Position;
    }

    public Expression Inner { get; }

    public override JsValue Evaluate(Frame frame)
    {
        Realm.EnsureStack();
        return Inner.Evaluate(frame);
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        Realm.EnsureStack();
        return new GuardedExpression(Inner.Linearize(linearizer));
    }
}

internal sealed class GuardedStatement(Statement inner) : Statement
{
    public Statement Inner => inner;

    public override Completion Execute(Frame frame)
    {
        Realm.EnsureStack();
        return inner.Execute(frame);
    }

    public override IEnumerable<Completion> Steps(Frame frame) => inner.Steps(frame);

    public override Statement Linearize(Linearizer linearizer)
    {
        Realm.EnsureStack();
        return new GuardedStatement(inner.Linearize(linearizer)) { HasYield = HasYield, Position = Position };
    }
}
