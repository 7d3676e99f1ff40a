namespace Toil.Cwl.Loading;

internal sealed record LoadOptions
{
    public static readonly LoadOptions Default = new();

    /// <summary>Whether an unknown field is an error; otherwise it is only a warning.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Whether requirements from elsewhere, such as those of an input object, allow JavaScript.</summary>
    public bool AllowsJavascript { get; init; }
}
