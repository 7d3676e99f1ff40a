using Toil.Jobs;

namespace Toil;

/// <summary>A part of a job's request that another job's value decides.</summary>
public sealed class PromisedRequirement
{
    private PromisedRequirement(Promise promise, Job? function) => (Promise, Function) = (promise, function);

    /// <summary>Where the value comes from.</summary>
    public Promise Promise { get; }

    /// <summary>The small job that computes the value; it takes the consumer's place in the graph. Null when the promise is the value.</summary>
    internal Job? Function { get; }

    /// <summary>The value of a promise.</summary>
    public static PromisedRequirement Of(Promise promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return new(promise, null);
    }

    /// <summary>What a static method makes of several promises. It runs as a small job of its own, just before the job that asks.</summary>
    public static PromisedRequirement Of(Delegate function, params object?[] arguments) =>
        Of(MethodJob.Create(function, arguments, Vehicle.Assembly).With(cores: 0.1));

    /// <summary>What a job returns that nothing else starts.</summary>
    internal static PromisedRequirement Of(Job function) => new(function.Rv(), function);

    public static implicit operator PromisedRequirement(Promise promise) => Of(promise);
}
