namespace Toil.JavaScript.Interpretation;

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    Equal,
    NotEqual,
    StrictEqual,
    StrictNotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    InstanceOf,
    In,
}

internal static class BinaryOperators
{
    public static BinaryOperator Parse(string sign) => sign switch
    {
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "%" => BinaryOperator.Remainder,
        "**" => BinaryOperator.Power,
        "&" => BinaryOperator.And,
        "|" => BinaryOperator.Or,
        "^" => BinaryOperator.Xor,
        "<<" => BinaryOperator.ShiftLeft,
        ">>" => BinaryOperator.ShiftRight,
        ">>>" => BinaryOperator.ShiftRightUnsigned,
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "===" => BinaryOperator.StrictEqual,
        "!==" => BinaryOperator.StrictNotEqual,
        "<" => BinaryOperator.Less,
        ">" => BinaryOperator.Greater,
        "<=" => BinaryOperator.LessOrEqual,
        ">=" => BinaryOperator.GreaterOrEqual,
        "instanceof" => BinaryOperator.InstanceOf,
        _ => BinaryOperator.In,
    };

    public static Expression Make(BinaryOperator operation, Expression left, Expression right, int position) => operation switch
    {
        BinaryOperator.Add => new AddExpression(left, right) { Position = position },
        < BinaryOperator.Equal => new ArithmeticExpression(operation, left, right) { Position = position },
        _ => new ComparisonExpression(operation, left, right) { Position = position },
    };

    /// <summary>Applies an operator that isn't a comparison.</summary>
    public static JsValue Apply(BinaryOperator operation, JsValue left, JsValue right)
    {
        if (operation == BinaryOperator.Add)
        {
            return Js.Add(left, right);
        }
        var x = left.IsNumber ? left.Num : Js.ToNumber(left);
        var y = right.IsNumber ? right.Num : Js.ToNumber(right);
        return Compute(operation, x, y);
    }

    public static double Compute(BinaryOperator operation, double x, double y) => operation switch
    {
        BinaryOperator.Subtract => x - y,
        BinaryOperator.Multiply => x * y,
        BinaryOperator.Divide => x / y,
        BinaryOperator.Remainder => Remainder(x, y),
        BinaryOperator.Power => Js.Power(x, y),
        BinaryOperator.And => Js.ToInt32(x) & Js.ToInt32(y),
        BinaryOperator.Or => Js.ToInt32(x) | Js.ToInt32(y),
        BinaryOperator.Xor => Js.ToInt32(x) ^ Js.ToInt32(y),
        BinaryOperator.ShiftLeft => Js.ToInt32(x) << (Js.ToInt32(y) & 31),
        BinaryOperator.ShiftRight => Js.ToInt32(x) >> (Js.ToInt32(y) & 31),
        _ => (uint)Js.ToInt32(x) >> (Js.ToInt32(y) & 31),
    };

    /// <summary>Whole numbers, which are nearly all, need no floating-point division.</summary>
    private static double Remainder(double x, double y)
    {
        if (x is >= 0 and <= int.MaxValue && y is >= 1 and <= int.MaxValue && (int)x == x && (int)y == y)
        {
            return (int)x % (int)y;
        }
        return x % y;
    }
}

internal sealed class AddExpression(Expression left, Expression right) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var x = left.Evaluate(frame);
        var y = right.Evaluate(frame);
        if (x.IsNumber && y.IsNumber)
        {
            return x.Num + y.Num;
        }
        frame.Position = Position;
        return Js.Add(x, y);
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var parts = linearizer.Visit([left, right]);
        return new AddExpression(parts[0], parts[1]) { Position = Position };
    }
}

internal sealed class ArithmeticExpression(BinaryOperator operation, Expression left, Expression right) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var x = left.Evaluate(frame);
        var y = right.Evaluate(frame);
        if (x.IsNumber && y.IsNumber)
        {
            return BinaryOperators.Compute(operation, x.Num, y.Num);
        }
        frame.Position = Position;
        return BinaryOperators.Apply(operation, x, y);
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var parts = linearizer.Visit([left, right]);
        return new ArithmeticExpression(operation, parts[0], parts[1]) { Position = Position };
    }
}

internal sealed class ComparisonExpression(BinaryOperator operation, Expression left, Expression right) : Expression
{
    public override JsValue Evaluate(Frame frame) => EvaluateCondition(frame);

    public override bool EvaluateCondition(Frame frame)
    {
        var x = left.Evaluate(frame);
        var y = right.Evaluate(frame);
        if (x.IsNumber && y.IsNumber)
        {
            switch (operation)
            {
                case BinaryOperator.Less: return x.Num < y.Num;
                case BinaryOperator.Greater: return x.Num > y.Num;
                case BinaryOperator.LessOrEqual: return x.Num <= y.Num;
                case BinaryOperator.GreaterOrEqual: return x.Num >= y.Num;
                case BinaryOperator.Equal or BinaryOperator.StrictEqual: return x.Num == y.Num;
                case BinaryOperator.NotEqual or BinaryOperator.StrictNotEqual: return x.Num != y.Num;
            }
        }
        return Compare(frame, x, y);
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var parts = linearizer.Visit([left, right]);
        return new ComparisonExpression(operation, parts[0], parts[1]) { Position = Position };
    }

    private bool Compare(Frame frame, JsValue x, JsValue y)
    {
        frame.Position = Position;
        return operation switch
        {
            BinaryOperator.StrictEqual => Js.StrictEquals(x, y),
            BinaryOperator.StrictNotEqual => !Js.StrictEquals(x, y),
            BinaryOperator.Equal => Js.LooseEquals(x, y),
            BinaryOperator.NotEqual => !Js.LooseEquals(x, y),
            BinaryOperator.Less => Js.Less(x, y) == true,
            BinaryOperator.Greater => GreaterInOrder(x, y) == true,
            BinaryOperator.LessOrEqual => GreaterInOrder(x, y) == false,
            BinaryOperator.GreaterOrEqual => Js.Less(x, y) == false,
            BinaryOperator.InstanceOf => Js.InstanceOf(x, y),
            _ => IsIn(x, y),
        };
    }

    /// <summary>y &lt; x, with x made primitive first.</summary>
    private static bool? GreaterInOrder(JsValue x, JsValue y)
    {
        x = Js.ToPrimitive(x, "number");
        return Js.Less(y, x);
    }

    private static bool IsIn(JsValue key, JsValue holder)
    {
        if (holder.Object is not { } target)
        {
            throw Errors.Type($"Cannot use 'in' operator to search for {Js.Display(key).Replace('"', '\'')} in {Js.Display(holder).Trim('"')}");
        }
        return key.Ref is JsSymbol { IsPrivate: true } hidden ? target.HasOwn(hidden) : target.Has(Js.ToKey(key));
    }
}
