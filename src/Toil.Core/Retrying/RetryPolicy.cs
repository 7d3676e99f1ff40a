using System.IO.Enumeration;
using System.Net;

namespace Toil;

/// <summary>Which failures are worth another attempt, how many there are, and how long to wait between them.</summary>
public sealed record RetryPolicy
{
    /// <summary>How often the step may run in all, at least 1.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The longest wait before the second attempt. Each further one may be twice as long; how long it is in fact is drawn between half of that and all of it.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Errors of these types, and of types below them, are retried.</summary>
    public IReadOnlyList<Type> On { get; init; } = [];

    /// <summary>Errors that carry one of these HTTP status codes are retried.</summary>
    public IReadOnlyList<int> StatusCodes { get; init; } = [];

    /// <summary>Errors whose message matches one of these are retried; * and ? are wildcards, case doesn't matter.</summary>
    public IReadOnlyList<string> MessageLike { get; init; } = [];

    /// <summary>Hears of each failure that is retried: the error, which attempt it was, and how long the wait is.</summary>
    public Action<Exception, int, TimeSpan>? OnRetry { get; init; }

    /// <summary>The clock that is waited by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the waits' random part comes from.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>
    /// Whether an error is worth another attempt: it, or one that it wraps, meets one of the conditions; every error is when
    /// there are none. Cancellation never is.
    /// </summary>
    public bool Applies(Exception error)
    {
        if (error is OperationCanceledException and not TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }

        for (var at = error; at is not null; at = at.InnerException)
        {
            if (AppliesTo(at))
            {
                return true;
            }
        }

        return On.Count + StatusCodes.Count + MessageLike.Count == 0;
    }

    internal TimeSpan DelayAfter(int attempt)
    {
        var longest = Math.Min(Backoff.TotalMilliseconds * Math.Pow(2, attempt - 1), MaxBackoff.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.NextDouble() / 2)));
    }

    private static HttpStatusCode? StatusOf(Exception error) => error switch
    {
        HttpRequestException request => request.StatusCode,
        WebException { Response: HttpWebResponse response } => response.StatusCode,
        _ => null,
    };

    private bool AppliesTo(Exception error) =>
        On.Any(type => type.IsInstanceOfType(error))
        || (StatusOf(error) is { } status && StatusCodes.Contains((int)status))
        || MessageLike.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, error.Message, ignoreCase: true));
}
