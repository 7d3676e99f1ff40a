namespace Toil;

/// <summary>The root of every error that the engine raises on purpose. Its message says what happened, where, and what to do.</summary>
public class ToilException : Exception
{
    public ToilException(string message) : base(message) { }

    public ToilException(string message, Exception? inner) : base(message, inner) { }

    /// <summary>What a job's failure with it is called; null for what any exception would be.</summary>
    internal virtual ErrorInfo? Describe() => null;
}
