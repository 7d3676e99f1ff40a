namespace Toil.JobStores;

/// <summary>
/// A moment on both clocks. The monotonic one is what leases are judged by; but it stands still while a machine
/// sleeps, which only the other one shows.
/// </summary>
internal readonly record struct LeaseMoment(long Timestamp, DateTimeOffset Utc)
{
    public static LeaseMoment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    public TimeSpan Age(TimeProvider time)
    {
        var monotonic = time.GetElapsedTime(Timestamp);
        var slept = time.GetUtcNow() - Utc;
        return slept > monotonic ? slept : monotonic;
    }
}
