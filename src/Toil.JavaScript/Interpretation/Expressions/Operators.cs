namespace Toil.JavaScript.Interpretation;

internal sealed class UnaryExpression(string sign, Expression operand) : Expression
{
    /// <summary>The operator on its operand; a signed number is a number.</summary>
    public static Expression Make(string sign, Expression operand, int position) => sign == "-" && operand is Literal { Value.IsNumber: true } literal
        ? new Literal(-literal.Value.Num) { Position = position }
        : sign == "!" ? new NotExpression(operand) { Position = position } : new UnaryExpression(sign, operand) { Position = position };

    public override JsValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        if (sign == "void")
        {
            return default;
        }
        frame.Position = Position;
        var number = value.IsNumber ? value.Num : Js.ToNumber(value);
        return sign switch
        {
            "-" => -number,
            "~" => (double)~Js.ToInt32(number),
            _ => number,
        };
    }

    public override Expression Linearize(Linearizer linearizer) => new UnaryExpression(sign, operand.Linearize(linearizer)) { Position = Position };
}

internal sealed class NotExpression(Expression operand) : Expression
{
    public override JsValue Evaluate(Frame frame) => !operand.EvaluateCondition(frame);

    public override bool EvaluateCondition(Frame frame) => !operand.EvaluateCondition(frame);

    public override Expression Linearize(Linearizer linearizer) => new NotExpression(operand.Linearize(linearizer)) { Position = Position };
}

internal sealed class TypeOfExpression(Expression operand) : Expression
{
    public override JsValue Evaluate(Frame frame) =>
        Js.TypeOf(operand is Identifier variable ? variable.EvaluateOrUndefined(frame) : operand.Evaluate(frame));

    public override Expression Linearize(Linearizer linearizer) => new TypeOfExpression(operand.Linearize(linearizer)) { Position = Position };
}

internal sealed class DeleteExpression(Expression operand) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var target = operand is OptionalChain chain ? chain.Chain : operand;
        target = target is GuardedExpression guarded ? guarded.Inner : target;
        if (target is Identifier name)
        {
            return name.Delete(frame);
        }
        var (holder, key) = target switch
        {
            MemberExpression member => (member.Target.Evaluate(frame), (PropertyKey)member.Name),
            IndexExpression index => (index.Target.Evaluate(frame), Js.ToKey(index.Index.Evaluate(frame))),
            _ => (target.Evaluate(frame), default(PropertyKey)),
        };
        if (key.Ref is null || (operand is OptionalChain && (holder.IsHole || holder.IsNullish)))
        {
            return true;
        }
        frame.Position = Position;
        return Js.ToObject(holder).Delete(key)
            ? true
            : throw Errors.Type($"Cannot delete property '{key}' of {Js.Display(holder)}");
    }
}

internal sealed class LogicalExpression(string operation, Expression left, Expression right) : Expression
{
    public string Operator => operation;

    public override JsValue Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return Decides(operation, value) ? value : right.Evaluate(frame);
    }

    public override bool EvaluateCondition(Frame frame) => operation switch
    {
        "&&" => left.EvaluateCondition(frame) && right.EvaluateCondition(frame),
        "||" => left.EvaluateCondition(frame) || right.EvaluateCondition(frame),
        _ => base.EvaluateCondition(frame),
    };

    public override Expression Linearize(Linearizer linearizer)
    {
        var value = linearizer.NewTemporary();
        linearizer.Store(value, left.Linearize(linearizer));
        linearizer.Branch(new DecidesExpression(operation, value), null, inner => inner.Store(value, right.Linearize(inner)));
        return value;
    }

    /// <summary>Whether the left operand is the result.</summary>
    public static bool Decides(string operation, JsValue left) => operation switch
    {
        "&&" => !Js.ToBoolean(left),
        "||" => Js.ToBoolean(left),
        _ => !left.IsNullish,
    };
}

/// <summary>Part of a logical operator in a generator.</summary>
internal sealed class DecidesExpression(string operation, Expression value) : Expression
{
    public override JsValue Evaluate(Frame frame) => LogicalExpression.Decides(operation, value.Evaluate(frame));
}

internal sealed class ConditionalExpression(Expression test, Expression then, Expression otherwise) : Expression
{
    public override JsValue Evaluate(Frame frame) => test.EvaluateCondition(frame) ? then.Evaluate(frame) : otherwise.Evaluate(frame);

    public override bool EvaluateCondition(Frame frame) =>
        test.EvaluateCondition(frame) ? then.EvaluateCondition(frame) : otherwise.EvaluateCondition(frame);

    public override Expression Linearize(Linearizer linearizer)
    {
        var condition = linearizer.Keep(test.Linearize(linearizer));
        var result = linearizer.NewTemporary();
        linearizer.Branch(condition, inner => inner.Store(result, then.Linearize(inner)), inner => inner.Store(result, otherwise.Linearize(inner)));
        return result;
    }
}

internal sealed class SequenceExpression(Expression[] parts) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        JsValue value = default;
        foreach (var part in parts)
        {
            value = part.Evaluate(frame);
        }
        return value;
    }

    public override Expression Linearize(Linearizer linearizer) => new SequenceExpression(linearizer.Visit(parts)) { Position = Position };
}
