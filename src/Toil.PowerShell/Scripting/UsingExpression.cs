using System.Management.Automation;
using System.Management.Automation.Language;
using Toil.Values;

namespace Toil.Scripting;

/// <summary>One <c>$using:</c> expression of a scriptblock, such as <c>$using:x</c>, <c>$using:x.Prop</c> or <c>$using:x[0]</c>.</summary>
internal sealed class UsingExpression
{
    private readonly string _variable;
    private readonly string _rest;
    private readonly UsingExpressionAst _ast;

    private UsingExpression(UsingExpressionAst ast)
    {
        _ast = ast;
        var root = UsingExpressionAst.ExtractUsingVariable(ast);
        _variable = root.VariablePath.UserPath;
        _rest = ast.Extent.Text[(root.Extent.EndOffset - ast.Extent.StartOffset)..];
        Key = ast.SubExpression is VariableExpressionAst ? ast.Extent.Text.ToLowerInvariant() : ast.Extent.Text;
    }

    /// <summary>What PowerShell looks the value up by.</summary>
    public string Key { get; }

    public static IReadOnlyList<UsingExpression> FindAll(ScriptBlockAst block) =>
        [.. JobBlocks.FindOwn<UsingExpressionAst>(block).Select(ast => new UsingExpression(ast)).DistinctBy(expression => expression.Key)];

    /// <summary>The value of the expression where the job is made.</summary>
    public object? Evaluate(SessionState session)
    {
        var variable = session.PSVariable.Get(_variable)
            ?? throw new ToilException($"{Place.Of(_ast)}: {_ast} can't be captured: there is no variable ${_variable} here.");
        var value = PSValues.Unwrap(variable.Value);
        if (_rest.Length == 0)
        {
            return value;
        }

        return value is Job or Promise ? ToPromise(value) : ScriptBlock.Create($"param($value) $value{_rest}").InvokeReturnAsIs(value);
    }

    /// <summary>A member or element of a job is a part of its value, which isn't known yet.</summary>
    private Promise ToPromise(object value)
    {
        var (producer, path) = value is Promise promise ? (promise.Producer, promise.Path.Cast<object>()) : ((Job)value, []);
        return producer.Rv([.. path, .. Steps(_ast.SubExpression)]);
    }

    private static IEnumerable<object> Steps(ExpressionAst expression) => expression switch
    {
        MemberExpressionAst { Member: StringConstantExpressionAst member } access => Steps(access.Expression).Append(member.Value),
        IndexExpressionAst access => Steps(access.Target).Append(access.Index.SafeGetValue()),
        _ => [],
    };
}
