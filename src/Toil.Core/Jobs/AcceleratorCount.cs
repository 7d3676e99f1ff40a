namespace Toil;

/// <summary>A number of accelerators of one type.</summary>
/// <param name="Type">The type in lower case: gpu, nvidia, amd, cuda, rocm, opencl, or a model that begins with its maker.</param>
/// <param name="Count">How many, above 0.</param>
public readonly record struct AcceleratorCount(string Type, int Count)
{
    /// <summary>Whether a device would do.</summary>
    /// <param name="model">The device's model, or its maker where the model isn't known.</param>
    public bool IsMetBy(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Type switch
        {
            "gpu" or "opencl" => true,
            "cuda" => IsOf(model, "nvidia"),
            "rocm" => IsOf(model, "amd"),
            _ => IsOf(model, Type),
        };
    }

    public override string ToString() => $"{Type}:{Count}";

    /// <summary>A maker stands for all its models, and a model for its variants.</summary>
    private static bool IsOf(string model, string type) =>
        model.StartsWith(type, StringComparison.Ordinal) && (model.Length == type.Length || model[type.Length] == '-');
}
