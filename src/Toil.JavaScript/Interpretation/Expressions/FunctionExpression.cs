namespace Toil.JavaScript.Interpretation;

internal sealed class FunctionExpression(FunctionInfo function) : Expression
{
    public FunctionInfo Function => function;

    public override JsValue Evaluate(Frame frame) => new ScriptFunction(frame, function);
}
