using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>Sizes in submit descriptions: a number of the command's own unit, or one with K, M, G or T, with or without B.</summary>
internal static class CondorUnits
{
    public static long? Bytes(string? text, long unit)
    {
        var digits = text?.TrimEnd('B', 'b', ' ', 'K', 'k', 'M', 'm', 'G', 'g', 'T', 't');
        return text is null ? null : long.Parse(digits!, CultureInfo.InvariantCulture) * (char.ToUpperInvariant(text[digits!.Length..].Trim().FirstOrDefault(' ')) switch
        {
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            'T' => 1L << 40,
            _ => unit,
        });
    }
}
