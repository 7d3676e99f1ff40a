using Toil.Values;

namespace Toil;

/// <summary>A property of a job class that takes a value, or the promise of one.</summary>
public readonly struct Promised<T> : IPromised
{
    private readonly object? _content;

    private Promised(object? content) => _content = content;

    object? IPromised.Content => _content;

    /// <summary>The value.</summary>
    /// <exception cref="ToilException">It is still a promise: only the running job can read it.</exception>
    public T Value => _content is Promise promise
        ? throw new ToilException($"The {promise} isn't known before the job that uses it runs.")
        : (T)_content!;

    public static implicit operator Promised<T>(T value) => new(value);

    public static implicit operator Promised<T>(Promise promise) => new(promise);

    public static implicit operator Promised<T>(Job producer) => new(producer.Rv());
}

internal interface IPromised
{
    object? Content { get; }
}

internal static class Promised
{
    public static object Wrap(object? node, Type type)
    {
        var content = type.GetGenericArguments()[0];
        var implicitConversion = type.GetMethod("op_Implicit", [content])!;
        return implicitConversion.Invoke(null, [ClrValues.Convert(node, content)])!;
    }
}
