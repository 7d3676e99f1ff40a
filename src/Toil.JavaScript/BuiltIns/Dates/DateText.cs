using System.Globalization;

namespace Toil.JavaScript.BuiltIns;

/// <summary>Dates as text, and back.</summary>
internal static class DateText
{
    private static readonly string[] WeekDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static string Iso(double time)
    {
        var (year, month, day) = DateMath.Civil(time);
        var yearText = year is >= 0 and <= 9999 ? Padded(year, 4) : (year < 0 ? "-" : "+") + Padded(Math.Abs(year), 6);
        var inDay = DateMath.TimeInDay(time);
        return $"{yearText}-{Padded(month + 1, 2)}-{Padded(day, 2)}T{Clock(inDay)}.{Padded(inDay % 1000, 3)}Z";
    }

    public static string Date(double local)
    {
        var (year, month, day) = DateMath.Civil(local);
        return $"{WeekDays[DateMath.WeekDay(local)]} {Months[month]} {Padded(day, 2)} {YearText(year)}";
    }

    public static string TimeOfDay(double time)
    {
        var offset = DateMath.Offset(time) / 60000;
        var minutes = Math.Abs(offset);
        var zone = TimeZoneInfo.Local;
        var moment = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(time, -62e12, 253e12));
        var name = zone.Id is "UTC" or "Etc/UTC" ? "Coordinated Universal Time" : zone.IsDaylightSavingTime(moment) ? zone.DaylightName : zone.StandardName;
        var sign = offset < 0 ? "-" : "+";
        return $"{Clock(DateMath.TimeInDay(DateMath.ToLocal(time)))} GMT{sign}{Padded(Math.Floor(minutes / 60), 2)}{Padded(minutes % 60, 2)} ({name})";
    }

    public static string Utc(double time)
    {
        var (year, month, day) = DateMath.Civil(time);
        return $"{WeekDays[DateMath.WeekDay(time)]}, {Padded(day, 2)} {Months[month]} {YearText(year)} {Clock(DateMath.TimeInDay(time))} GMT";
    }

    public static string LocaleDate(double local)
    {
        var (year, month, day) = DateMath.Civil(local);
        return string.Create(CultureInfo.InvariantCulture, $"{month + 1}/{day}/{year}");
    }

    public static string LocaleTime(double local)
    {
        var clock = Clock(DateMath.TimeInDay(local));
        var hour = int.Parse(clock.AsSpan(0, 2), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(hour % 12 == 0 ? 12 : hour % 12)}{clock[2..]} {(hour < 12 ? "AM" : "PM")}");
    }

    /// <summary>The time that a text names; NaN when it names none. A date alone is UTC, with a time it's local.</summary>
    public static double Parse(string text)
    {
        text = Texts.Trim(text);
        var reader = new IsoDateReader(text);
        if (reader.TryRead(out var time))
        {
            return time;
        }
        // What toString and toUTCString write, and what people write.
        var comment = text.IndexOf('(', StringComparison.Ordinal);
        var rest = (comment > 0 ? text[..comment] : text).Replace("GMT+", "+", StringComparison.Ordinal).Replace("GMT-", "-", StringComparison.Ordinal)
            .Replace("UTC", "GMT", StringComparison.Ordinal).Trim();
        var sign = Math.Max(rest.LastIndexOf(" +", StringComparison.Ordinal), rest.LastIndexOf(" -", StringComparison.Ordinal));
        if (sign > 0 && rest.Length - sign == 6)
        {
            rest = rest.Insert(sign + 4, ":");
        }
        const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces;
        if (!DateTime.TryParse(rest, CultureInfo.InvariantCulture, Styles | DateTimeStyles.RoundtripKind, out var parsed) || !rest.Any(char.IsAsciiDigit))
        {
            return double.NaN;
        }
        var plain = (parsed.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
        return DateMath.Clip(parsed.Kind switch
        {
            DateTimeKind.Utc => plain,
            DateTimeKind.Local => (parsed.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond,
            _ => DateMath.ToUtc(plain),
        });
    }

    private static string Clock(double inDay) =>
        $"{Padded(Math.Floor(inDay / 3_600_000), 2)}:{Padded(Math.Floor(inDay / 60_000) % 60, 2)}:{Padded(Math.Floor(inDay / 1000) % 60, 2)}";

    private static string YearText(double year) => year < 0 ? "-" + Padded(-year, 6) : Padded(year, 4);

    private static string Padded(double number, int digits) => ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
}

/// <summary>Reads the format of ECMA-262, 21.4.1.15: parts may be left out from the right.</summary>
internal ref struct IsoDateReader(string text)
{
    private int position;

    public bool TryRead(out double time)
    {
        time = double.NaN;
        var sign = Peek() is '+' or '-' ? text[position++] : ' ';
        if (!Number(sign == ' ' ? 4 : 6, out var year) || (sign == '-' && year == 0))
        {
            return false;
        }
        int month = 1, day = 1;
        if ((Take('-') && !Number(2, out month)) || (position > 6 && Take('-') && !Number(2, out day)))
        {
            return false;
        }
        if (month is < 1 or > 12 || day < 1 || day > 31)
        {
            return false;
        }
        var days = DateMath.Days(sign == '-' ? -year : year, month - 1, day);
        if (position == text.Length)
        {
            time = days * DateMath.MillisecondsPerDay;
            return DateMath.Civil(time).Month == month - 1;
        }
        return TryReadTime(days, out time);
    }

    private bool TryReadTime(double days, out double time)
    {
        time = double.NaN;
        if ((!Take('T') && !Take('t') && !Take(' ')) || !Number(2, out var hours) || !Take(':') || !Number(2, out var minutes))
        {
            return false;
        }
        var seconds = 0;
        var milliseconds = 0.0;
        if (Take(':') && !Number(2, out seconds))
        {
            return false;
        }
        if (Take('.') && !Fraction(out milliseconds))
        {
            return false;
        }
        if (hours > 24 || minutes > 59 || seconds > 59 || (hours == 24 && (minutes > 0 || seconds > 0 || milliseconds > 0)))
        {
            return false;
        }
        var plain = (days * DateMath.MillisecondsPerDay) + DateMath.Time(hours, minutes, seconds, milliseconds);
        return TryReadZone(plain, out time);
    }

    private bool TryReadZone(double plain, out double time)
    {
        time = double.NaN;
        if (position == text.Length)
        {
            time = DateMath.Clip(DateMath.ToUtc(plain));
            return true;
        }
        if (Take('Z') || Take('z'))
        {
            time = DateMath.Clip(plain);
            return position == text.Length;
        }
        var ahead = Peek() == '+' ? 1 : Peek() == '-' ? -1 : 0;
        position++;
        if (ahead == 0 || !Number(2, out var hours))
        {
            return false;
        }
        Take(':');
        if (!Number(2, out var minutes) || position != text.Length)
        {
            return false;
        }
        time = DateMath.Clip(plain - (ahead * DateMath.Time(hours, minutes, 0, 0)));
        return true;
    }

    private readonly char Peek() => position < text.Length ? text[position] : '\0';

    private bool Take(char c)
    {
        if (Peek() != c)
        {
            return false;
        }
        position++;
        return true;
    }

    private bool Number(int digits, out int value)
    {
        value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiDigit(Peek()))
            {
                return false;
            }
            value = (value * 10) + text[position++] - '0';
        }
        return true;
    }

    private bool Fraction(out double milliseconds)
    {
        var start = position;
        var scale = 100.0;
        milliseconds = 0;
        for (; char.IsAsciiDigit(Peek()); position++, scale /= 10)
        {
            milliseconds += scale >= 1 ? (text[position] - '0') * scale : 0;
        }
        return position > start;
    }
}
