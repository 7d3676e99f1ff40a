namespace Toil.Cwl.Expressions;

/// <summary>What an expression sees.</summary>
internal readonly record struct EvaluationScope(object? Inputs, object? Self, object? Runtime)
{
    public bool TryGet(string symbol, out object? value)
    {
        (var known, value) = symbol switch
        {
            "inputs" => (true, Inputs),
            "self" => (true, Self),
            "runtime" => (true, Runtime),
            _ => (false, null),
        };
        return known;
    }
}
