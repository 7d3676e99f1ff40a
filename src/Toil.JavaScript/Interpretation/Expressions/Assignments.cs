namespace Toil.JavaScript.Interpretation;

internal sealed class AssignExpression(ITarget target, Expression value) : Expression
{
    public ITarget Target => target;

    public Expression Value => value;

    public override JsValue Evaluate(Frame frame)
    {
        JsValue result;
        switch (target)
        {
            case Identifier variable:
                result = value.Evaluate(frame);
                variable.Assign(frame, result);
                break;
            case MemberExpression member:
                var holder = member.Target.Evaluate(frame);
                result = value.Evaluate(frame);
                member.Write(frame, holder, result);
                break;
            case IndexExpression index:
                var indexed = index.Target.Evaluate(frame);
                var at = index.Index.Evaluate(frame);
                result = value.Evaluate(frame);
                index.Write(frame, indexed, at, result);
                break;
            default:
                result = value.Evaluate(frame);
                target.Assign(frame, result);
                break;
        }
        return result;
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var (newTarget, newValue) = linearizer.VisitAssignment(target, value);
        return new AssignExpression(newTarget, newValue) { Position = Position };
    }
}

/// <summary><c>target op= value</c>, and the steps that it shares with counting.</summary>
internal sealed class CompoundAssignExpression(BinaryOperator operation, ITarget target, Expression value) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        if (target is Identifier { IsUnderWith: false } variable)
        {
            var old = variable.Evaluate(frame);
            var operand = value.Evaluate(frame);
            var result = Combine(frame, old, operand);
            variable.Assign(frame, result);
            return result;
        }
        var place = Place.Find(frame, target);
        var changed = Combine(frame, place.Read(frame), value.Evaluate(frame));
        place.Write(frame, changed);
        return changed;
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var (place, old) = linearizer.VisitPlace(target);
        var kept = linearizer.Keep(old);
        return new AssignExpression(place, BinaryOperators.Make(operation, kept, value.Linearize(linearizer), Position)) { Position = Position };
    }

    private JsValue Combine(Frame frame, JsValue old, JsValue operand)
    {
        if (old.IsNumber && operand.IsNumber)
        {
            return operation == BinaryOperator.Add ? old.Num + operand.Num : BinaryOperators.Compute(operation, old.Num, operand.Num);
        }
        frame.Position = Position;
        return BinaryOperators.Apply(operation, old, operand);
    }
}

internal sealed class LogicalAssignExpression(string operation, ITarget target, Expression value) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var place = Place.Find(frame, target);
        var old = place.Read(frame);
        if (LogicalExpression.Decides(operation, old))
        {
            return old;
        }
        var result = value.Evaluate(frame);
        place.Write(frame, result);
        return result;
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var (place, old) = linearizer.VisitPlace(target);
        return new LogicalExpression(operation, old, new AssignExpression(place, value)).Linearize(linearizer);
    }
}

internal sealed class UpdateExpression(ITarget target, int step, bool isPrefix) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        if (target is Identifier { IsUnderWith: false } variable)
        {
            if (variable.TryGetLocal(frame, out var local))
            {
                variable.SetLocal(frame, local.Num + step);
                return isPrefix ? local.Num + step : local;
            }
            frame.Position = Position;
            var number = Js.ToNumber(variable.Evaluate(frame));
            variable.Assign(frame, number + step);
            return isPrefix ? number + step : number;
        }
        var place = Place.Find(frame, target);
        frame.Position = Position;
        var old = Js.ToNumber(place.Read(frame));
        place.Write(frame, old + step);
        return isPrefix ? old + step : old;
    }

    public override Expression Linearize(Linearizer linearizer) =>
        new UpdateExpression(linearizer.VisitPlace(target).Target, step, isPrefix) { Position = Position };
}

/// <summary>A target whose holder and name have been evaluated, once, to be read and written.</summary>
internal readonly struct Place(ITarget target, JsValue holder, JsValue at)
{
    public static Place Find(Frame frame, ITarget target) => target switch
    {
        MemberExpression member => new Place(target, member.Target.Evaluate(frame), default),
        IndexExpression index when index.Target.Evaluate(frame) is var holder => new Place(target, holder, KeyOf(index.Index.Evaluate(frame))),
        PrivateMember hidden => new Place(target, hidden.Target.Evaluate(frame), default),
        Identifier { IsUnderWith: true } name => new Place(target, name.FindHolder(frame), default),
        _ => new Place(target, default, default),
    };

    public JsValue Read(Frame frame) => target switch
    {
        MemberExpression member => member.Read(frame, holder),
        IndexExpression index => index.Read(frame, holder, at),
        PrivateMember hidden => hidden.Read(frame, holder),
        Identifier { IsUnderWith: true } name => name.ReadFrom(holder, frame),
        _ => ((Expression)target).Evaluate(frame),
    };

    public void Write(Frame frame, JsValue value)
    {
        switch (target)
        {
            case MemberExpression member:
                member.Write(frame, holder, value);
                break;
            case IndexExpression index:
                index.Write(frame, holder, at, value);
                break;
            case PrivateMember hidden:
                hidden.Write(frame, holder, value);
                break;
            case Identifier { IsUnderWith: true } name:
                name.WriteTo(holder, frame, value);
                break;
            default:
                target.Assign(frame, value);
                break;
        }
    }

    private static JsValue KeyOf(JsValue at) => at.IsObject ? Js.ToKey(at).Value : at;
}
