using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>What all cmdlets share: cancellation by Ctrl+C, and engine errors as error records.</summary>
public abstract class ToilCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation.Dispose();
        }
    }

    /// <summary>Runs the engine's part of a record; what it can't do becomes an error of that record.</summary>
    private protected void Try(string errorId, object? target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (Errors.IsExpected(error))
        {
            WriteError(Errors.ToRecord(error, errorId, target));
        }
    }

    /// <summary>As <see cref="Try"/>, but without its result the cmdlet can't go on.</summary>
    private protected T Require<T>(string errorId, object? target, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (Errors.IsExpected(error))
        {
            ThrowTerminatingError(Errors.ToRecord(error, errorId, target));
            throw;
        }
    }

    /// <summary>Waits for the engine on the pipeline's thread.</summary>
    private protected static T Wait<T>(Task<T> task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait{T}"/>
    private protected static void Wait(Task task) => task.ConfigureAwait(false).GetAwaiter().GetResult();
}
