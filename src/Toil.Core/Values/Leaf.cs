namespace Toil.Values;

/// <summary>A part of a value that only one language reads: the engine carries its bytes as they are.</summary>
/// <param name="Kind">Who can read it: <see cref="CliXml"/> or <see cref="Json"/>.</param>
/// <param name="Bytes">Its serialized form.</param>
public sealed record Leaf(string Kind, byte[] Bytes)
{
    /// <summary>PowerShell's CLIXML.</summary>
    public const string CliXml = "clixml";

    /// <summary>.NET JSON: the assembly-qualified type name, a newline, the JSON.</summary>
    public const string Json = "json";
}
