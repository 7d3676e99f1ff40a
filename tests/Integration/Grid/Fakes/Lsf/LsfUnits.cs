using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What bsub's numbers mean.</summary>
internal static class LsfUnits
{
    /// <summary>The limit of <c>-M</c>, or else what <c>rusage[mem=…]</c> reserves, in bytes.</summary>
    public static long? Memory(FakeOptions options, long unit)
    {
        var reserved = options.All("R").SelectMany(text => text.Split('[', ']', ',', ':')).FirstOrDefault(part => part.StartsWith("mem=", StringComparison.Ordinal));
        return options["M"] is { } limit ? Bytes(limit, unit)
            // Without a unit of its own, LSF_UNIT_FOR_LIMITS counts here too.
            : reserved is not null ? Bytes(reserved["mem=".Length..], unit)
            : null;
    }

    /// <summary>The limit of <c>-W</c>: minutes, or hours and minutes.</summary>
    public static TimeSpan? RunLimit(string? text)
    {
        var parts = text?.Split('/')[0].Split(':');
        return parts is null ? null
            : parts.Length == 1 ? TimeSpan.FromMinutes(double.Parse(parts[0], CultureInfo.InvariantCulture))
            : TimeSpan.FromMinutes((60 * int.Parse(parts[0], CultureInfo.InvariantCulture)) + int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static long Bytes(string text, long unit)
    {
        var digits = text.TrimEnd('B', 'b', 'K', 'k', 'M', 'm', 'G', 'g', 'T', 't');
        var factor = char.ToUpperInvariant(text.Length > digits.Length ? text[digits.Length] : ' ') switch
        {
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            'T' => 1L << 40,
            _ => unit,
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number * factor
            : throw new FakeRefusal($"{text}: Bad MEMLIMIT specification. Job not submitted.", 255);
    }
}
