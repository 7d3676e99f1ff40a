using System.Globalization;
using System.Management.Automation;
using Toil.Options;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Takes times as the command line does: a number of seconds, or text with a suffix such as <c>'5m'</c>; and TimeSpans. By itself PowerShell would take a number for 100-nanosecond ticks.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PSValues.Unwrap(inputData) switch
    {
        null => null!,
        TimeSpan time => time,
        string text => Parse(text),
        IConvertible number => Parse(number.ToString(CultureInfo.InvariantCulture)),
        var other => throw new ArgumentTransformationMetadataException($"A {other.GetType().Name} is not a time. Write seconds, a text such as '5m' or '1.5h', or a TimeSpan."),
    };

    private static TimeSpan Parse(string text) => Duration.TryParse(text, out var time)
        ? time
        : throw new ArgumentTransformationMetadataException($"'{text}' is not a time. Write seconds, or a text such as '500ms', '5m', '1.5h' or '2d'.");
}
