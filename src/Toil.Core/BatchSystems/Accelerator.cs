namespace Toil.BatchSystems;

/// <summary>One accelerator of a node.</summary>
/// <param name="Model">Its model, which begins with its maker, such as nvidia-tesla-k80.</param>
/// <param name="Id">What its maker's drivers call it: a number, or a UUID.</param>
internal sealed record Accelerator(string Model, string Id)
{
    public bool IsAmd => Model.StartsWith("amd", StringComparison.Ordinal);
}
