using System.Globalization;

namespace Toil.Options;

/// <summary>How times are written: a number of seconds, or a number with a suffix.</summary>
internal static class Duration
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
        [("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1))];

    /// <summary>Reads <c>90</c>, <c>500ms</c>, <c>5m</c> (or <c>5min</c>), <c>1.5h</c> or <c>2d</c>. Times below zero aren't times.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(c => char.IsAsciiDigit(c) || c is '.').Count();
        var unit = UnitOf(trimmed[digits..].Trim());
        var isTime = double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && unit > TimeSpan.Zero
            && number <= TimeSpan.MaxValue / unit / 2;
        time = isTime ? unit * number : default;
        return isTime;
    }

    /// <summary>Writes a time with the largest suffix that leaves a whole number.</summary>
    public static string Format(TimeSpan time)
    {
        var (suffix, unit) = time == TimeSpan.Zero ? Units[^2] : Units.FirstOrDefault(entry => time.Ticks % entry.Unit.Ticks == 0, Units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{time / unit}{suffix}");
    }

    private static TimeSpan UnitOf(string suffix) => suffix.ToLowerInvariant() switch
    {
        "" => TimeSpan.FromSeconds(1),
        "min" => TimeSpan.FromMinutes(1),
        var other => Units.FirstOrDefault(entry => entry.Suffix == other).Unit,
    };
}
