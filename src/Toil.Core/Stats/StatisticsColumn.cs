namespace Toil.Stats;

/// <summary>One thing that is measured of jobs, as tables show it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Of">Its figures as plain numbers: seconds, or bytes.</param>
/// <param name="IsTime">Whether it is seconds.</param>
/// <param name="Asked">What was asked for of it; null where nothing can be.</param>
internal sealed record StatisticsColumn(string Name, Func<JobStatistics, Distribution<double>> Of, bool IsTime, Func<JobStatistics, double>? Asked = null)
{
    /// <summary>In the order of tables.</summary>
    public static readonly IReadOnlyList<StatisticsColumn> All =
    [
        new("time", job => job.Time.Select(Seconds), IsTime: true),
        new("cpu", job => job.Cpu.Select(Seconds), IsTime: true),
        new("wait", job => job.Wait.Select(Seconds), IsTime: true),
        new("memory", job => job.Memory.Select(Bytes), IsTime: false, job => job.AskedMemory.Bytes),
        new("disk", job => job.Disk.Select(Bytes), IsTime: false, job => job.AskedDisk.Bytes),
    ];

    /// <summary>The figures of a distribution, in the order of tables.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Distribution<double>, double> Of)> Fields =
        [("min", one => one.Min), ("med", one => one.Median), ("ave", one => one.Mean), ("max", one => one.Max), ("total", one => one.Total)];

    private static double Seconds(TimeSpan time) => time.TotalSeconds;

    private static double Bytes(ByteSize size) => size.Bytes;
}
