namespace Toil.BatchSystems;

/// <summary>Does again, ever more patiently, what a scheduler or a store didn't do: hiccups never fail a run.</summary>
/// <param name="whom">Whom to name in the log.</param>
/// <param name="time">Measures the waits.</param>
/// <param name="log">Hears of each failure.</param>
internal sealed class Persistence(string whom, TimeProvider time, Action<LogLevel, string> log)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="what">What is done, for the log: "submit 12 jobs".</param>
    /// <param name="attempt">Does it.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task<T> InsistAsync<T>(string what, Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception error) when (IsHiccup(error))
            {
                log(LogLevel.Warning, $"The {whom} couldn't {what}: {error.Message} It is asked again in {wait.TotalSeconds:0} s.");
            }

            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    public static bool IsHiccup(Exception error) =>
        error is (ToilException or IOException or TimeoutException or HttpRequestException or System.ComponentModel.Win32Exception) and not BatchJobRejectedException;
}
