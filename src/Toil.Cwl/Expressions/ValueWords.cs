namespace Toil.Cwl.Expressions;

/// <summary>What messages call values.</summary>
internal static class ValueWords
{
    /// <returns>Such as <c>a string</c> or <c>a File</c>.</returns>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        bool => "a boolean",
        int or long => "an integer",
        float or double => "a number",
        string or FileId => "a string",
        List<object?> => "a list",
        OrderedDictionary<string, object?> map => map.GetValueOrDefault("class") is string kind and ("File" or "Directory") ? $"a {kind}" : "an object",
        _ => $"a {value.GetType().Name}",
    };
}
