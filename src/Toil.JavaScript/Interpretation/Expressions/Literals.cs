namespace Toil.JavaScript.Interpretation;

internal sealed class Literal(JsValue value) : Expression
{
    public JsValue Value => value;

    public override JsValue Evaluate(Frame frame) => value;
}

internal sealed class RegexLiteral(RegexPattern pattern) : Expression
{
    public override JsValue Evaluate(Frame frame) => new JsRegExp(frame.Realm, frame.Realm.RegExpPrototype, pattern);
}

/// <summary>Text with expressions in it; one part more than expressions.</summary>
internal sealed class TemplateLiteral(string[] parts, Expression[] values) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        JsValue result = parts[0];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i].Evaluate(frame);
            frame.Position = Position;
            result = Rope.Concat(result.Ref!, value.IsString ? value.Ref! : Js.ToString(value));
            result = Rope.Concat(result.Ref!, parts[i + 1]);
        }
        return result;
    }

    public override Expression Linearize(Linearizer linearizer) =>
        new TemplateLiteral(parts, linearizer.Visit(values)) { Position = Position };
}

internal sealed class TaggedTemplate(Expression tag, string?[] cooked, string[] raw, Expression[] values) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var (self, function) = CallExpression.EvaluateCallee(tag, frame);
        frame.Position = Position;
        var arguments = new JsValue[values.Length + 1];
        arguments[0] = frame.Realm.TemplateObject(this, MakeStrings);
        for (var i = 0; i < values.Length; i++)
        {
            arguments[i + 1] = values[i].Evaluate(frame);
        }
        return function.Function is { } callable
            ? callable.Call(self, arguments)
            : throw Errors.Type($"{CallExpression.Describe(tag)} is not a function");
    }

    private JsObject MakeStrings(Realm realm)
    {
        var strings = new JsArray(realm.ArrayPrototype, [.. cooked.Select(static s => s is null ? default : (JsValue)s)], cooked.Length);
        var rawStrings = new JsArray(realm.ArrayPrototype, [.. raw.Select(static s => (JsValue)s)], raw.Length);
        rawStrings.Harden(freeze: true);
        strings.Put("raw", rawStrings, PropertyFlags.None);
        strings.Harden(freeze: true);
        return strings;
    }
}

/// <summary>An element that stands for several. Evaluated by what contains it.</summary>
internal sealed class SpreadElement(Expression value) : Expression
{
    public Expression Value => value;

    public override JsValue Evaluate(Frame frame) => value.Evaluate(frame);

    public override Expression Linearize(Linearizer linearizer) => new SpreadElement(value.Linearize(linearizer)) { Position = Position };

    /// <summary>Evaluates expressions, spreading what is to be spread; null leaves a hole.</summary>
    public static JsValue[] EvaluateAll(Expression?[] expressions, Frame frame)
    {
        var result = new JsValue[expressions.Length];
        for (var i = 0; i < expressions.Length; i++)
        {
            if (expressions[i] is SpreadElement)
            {
                return EvaluateSpread(expressions, frame, result, i);
            }
            result[i] = expressions[i]?.Evaluate(frame) ?? JsValue.Hole;
        }
        return result;
    }

    private static JsValue[] EvaluateSpread(Expression?[] expressions, Frame frame, JsValue[] done, int count)
    {
        var result = new List<JsValue>(done.AsSpan(0, count).ToArray());
        for (var i = count; i < expressions.Length; i++)
        {
            if (expressions[i] is not SpreadElement spread)
            {
                result.Add(expressions[i]?.Evaluate(frame) ?? JsValue.Hole);
                continue;
            }
            var values = spread.Value.Evaluate(frame);
            frame.Position = spread.Position;
            Iterations.Collect(frame.Realm, values, result);
        }
        return [.. result];
    }
}

internal sealed class ArrayLiteral(Expression?[] elements) : Expression
{
    public Expression?[] Elements => elements;

    public override JsValue Evaluate(Frame frame)
    {
        var values = SpreadElement.EvaluateAll(elements, frame);
        return new JsArray(frame.Realm.ArrayPrototype, values, values.Length);
    }

    public override Expression Linearize(Linearizer linearizer) => new ArrayLiteral(linearizer.Visit(elements)) { Position = Position };
}
