using System.Globalization;

namespace Toil.BatchSystems.Grid;

/// <summary>How schedulers write the longest that a job may run.</summary>
internal static class WallTime
{
    /// <summary><c>HH:MM:SS</c>, with as many hours as it takes.</summary>
    public static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");

    /// <summary>Whole seconds, rounded up.</summary>
    public static string Seconds(TimeSpan time) => RoundUp(time.TotalSeconds);

    /// <summary>Whole minutes, rounded up.</summary>
    public static string Minutes(TimeSpan time) => RoundUp(time.TotalMinutes);

    private static string RoundUp(double amount) => ((long)Math.Ceiling(amount)).ToString(CultureInfo.InvariantCulture);
}
