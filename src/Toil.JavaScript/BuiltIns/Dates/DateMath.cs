namespace Toil.JavaScript.BuiltIns;

/// <summary>Days and milliseconds since 1970, in the calendar of the language, whatever the year.</summary>
internal static class DateMath
{
    public const double MillisecondsPerDay = 86_400_000;

    private const double LargestTime = 8.64e15;

    /// <summary>Year, month from 0, day of the month from 1.</summary>
    public static (double Year, int Month, int Day) Civil(double time)
    {
        // Counted from March of the year 0, in spans of 400 years.
        var days = Math.Floor(time / MillisecondsPerDay) + 719468;
        var era = Math.Floor(days / 146097);
        var dayOfEra = (int)(days - (era * 146097));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var month = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * month) + 2) / 5) + 1;
        return (yearOfEra + (era * 400) + (month >= 10 ? 1 : 0), month < 10 ? month + 2 : month - 10, day);
    }

    /// <summary>Days since 1970 of a date; months and days may lie outside of their year.</summary>
    public static double Days(double year, double month, double day)
    {
        year += Math.Floor(month / 12);
        var monthInYear = (int)(month - (Math.Floor(month / 12) * 12));
        var shifted = monthInYear < 2 ? year - 1 : year;
        var era = Math.Floor(shifted / 400);
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * (monthInYear + (monthInYear > 1 ? -2 : 10))) + 2) / 5) + 0.0;
        var dayOfEra = (yearOfEra * 365) + Math.Floor(yearOfEra / 4) - Math.Floor(yearOfEra / 100) + dayOfYear;
        return (era * 146097) + dayOfEra - 719468 + day - 1;
    }

    public static double Time(double hours, double minutes, double seconds, double milliseconds) =>
        (((((hours * 60) + minutes) * 60) + seconds) * 1000) + milliseconds;

    /// <summary>NaN for times beyond the language's range.</summary>
    public static double Clip(double time) => Math.Abs(time) <= LargestTime ? Math.Truncate(time) + 0.0 : double.NaN;

    public static double TimeInDay(double time) => time - (Math.Floor(time / MillisecondsPerDay) * MillisecondsPerDay);

    public static int WeekDay(double time) => (int)((((Math.Floor(time / MillisecondsPerDay) + 4) % 7) + 7) % 7);

    public static double ToLocal(double time) => time + Offset(time);

    public static double ToUtc(double local) => double.IsFinite(local) ? local - Offset(local - Offset(local)) : double.NaN;

    /// <summary>Milliseconds by which this machine's clock is ahead of UTC then.</summary>
    public static double Offset(double time)
    {
        // The zone's rules of the edges hold beyond the years that .NET knows.
        var known = Math.Clamp(double.IsFinite(time) ? time : 0, -62_135_596_800_000 + MillisecondsPerDay, 253_402_300_799_999 - MillisecondsPerDay);
        return TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds((long)known)).TotalMilliseconds;
    }
}
