namespace Toil.Cwl.Expressions;

internal sealed record EvaluatorOptions
{
    public static readonly EvaluatorOptions Default = new();

    /// <summary>How long one expression may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
