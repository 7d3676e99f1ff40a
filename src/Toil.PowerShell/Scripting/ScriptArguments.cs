using System.Text;
using Toil.Values;

namespace Toil.Scripting;

/// <summary>What a script job is given: positional arguments, and the values of its <c>$using:</c> expressions.</summary>
internal static class ScriptArguments
{
    public static UnboundValue Encode(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> captured) =>
        PSValues.Encode(new object[] { positional, captured }, "$arguments");

    public static (object?[] Positional, Dictionary<string, object?> Captured) Decode(EncodedValue value)
    {
        var parts = (object?[])PSValues.Decode(value)!;
        var captured = new Dictionary<string, object?>();
        foreach (System.Collections.DictionaryEntry entry in (OrderedMap)parts[1]!)
        {
            captured[UsingKey((string)entry.Key)] = entry.Value;
        }

        return ((object?[])parts[0]!, captured);
    }

    /// <summary>How PowerShell itself names the value of a using expression when it sends one to another process.</summary>
    private static string UsingKey(string expression) => Convert.ToBase64String(Encoding.Unicode.GetBytes(expression));
}
