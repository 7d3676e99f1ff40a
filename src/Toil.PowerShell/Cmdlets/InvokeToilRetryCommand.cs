using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Repeats a script that fails now and then, such as a download.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ToilRetry")]
[OutputType(typeof(object))]
public sealed class InvokeToilRetryCommand : ToilCommand
{
    private Exception? _error;

    /// <summary>The step. It runs where it stands: it sees the variables around it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Types of errors that are worth another attempt.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Type[] On { get; set; } = [];

    /// <summary>HTTP status codes that are worth another attempt.</summary>
    [Parameter]
    [ValidateRange(100, 599)]
    public int[] StatusCode { get; set; } = [];

    /// <summary>Messages that are worth another attempt; * and ? are wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] MessageLike { get; set; } = [];

    /// <summary>How often the script may run in all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxAttempts { get; set; } = new RetryPolicy().MaxAttempts;

    /// <summary>The longest wait before the second attempt; each further one may be twice as long, up to a minute.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Backoff { get; set; } = new RetryPolicy().Backoff;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var policy = new RetryPolicy
        {
            MaxAttempts = MaxAttempts,
            Backoff = Backoff,
            On = On,
            StatusCodes = StatusCode,
            MessageLike = MessageLike,
            OnRetry = (error, attempt, delay) => WriteVerbose(FormattableString.Invariant($"Attempt {attempt} of {MaxAttempts} failed, the next one comes in {delay.TotalSeconds:0.#} s: {error.Message}")),
        };

        // The script must run on this thread, so what waits between attempts does too.
        for (var attempt = 1; !TryRun(policy, attempt); attempt++)
        {
            if (Cancellation.WaitHandle.WaitOne(Delay(policy, attempt)))
            {
                return;
            }
        }
    }

    private TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var delay = policy.DelayAfter(attempt);
        policy.OnRetry!(_error!, attempt, delay);
        return delay;
    }

    /// <summary>Runs the script with all errors ending it. Its output counts only when it succeeds.</summary>
    private bool TryRun(RetryPolicy policy, int attempt)
    {
        try
        {
            var variables = new List<PSVariable> { new("ErrorActionPreference", ActionPreference.Stop) };
            foreach (var output in ScriptBlock.InvokeWithContext(null, variables))
            {
                WriteObject(output);
            }

            return true;
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException && attempt < MaxAttempts && policy.Applies(CauseOf(error)))
        {
            _error = CauseOf(error);
            return false;
        }
    }

    private static Exception CauseOf(RuntimeException error) => error switch
    {
        ActionPreferenceStopException stop => stop.ErrorRecord.Exception,
        { ErrorRecord.Exception: { } cause and not ParentContainsErrorRecordException } => cause,
        _ => error,
    };
}
