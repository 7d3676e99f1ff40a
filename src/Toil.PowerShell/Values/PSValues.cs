using System.Management.Automation;

namespace Toil.Values;

/// <summary>Turns PowerShell objects into values and back.</summary>
internal static class PSValues
{
    /// <summary>What a job may return: more than this belongs into a file.</summary>
    public const long MaxBytes = 256L << 20;

    /// <param name="value">Any object, wrapped or not.</param>
    /// <param name="root">What errors call it, such as <c>$result</c>.</param>
    /// <exception cref="ToilException">A part of it can't be kept; the message names the path to it.</exception>
    public static UnboundValue Encode(object? value, string root)
    {
        var writer = new PSValueWriter(root);
        writer.Write(value);
        return writer.ToValue();
    }

    /// <summary>The object that a value stands for. Its promises must be resolved.</summary>
    public static object? Decode(EncodedValue value) => PSValueFactory.Narrow(ValueReader.Read(value, PSValueFactory.Instance));

    /// <summary>The object below PowerShell's wrapper; a custom object keeps its wrapper, which is all there is of it.</summary>
    public static object? Unwrap(object? value)
    {
        if (ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value))
        {
            return null;
        }

        return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    }
}
