using System.Globalization;
using System.Management.Automation;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Takes sizes as PowerShell writes them: <c>8GB</c> (a number, powers of 1024), <c>'8Gi'</c>, <c>'8G'</c> (powers of 1000).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ByteSizeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PSValues.Unwrap(inputData) switch
    {
        null => null!,
        ByteSize size => size,
        string text => Parse(text),
        double or float or decimal => new ByteSize((long)Math.Ceiling(Convert.ToDouble(PSValues.Unwrap(inputData), CultureInfo.InvariantCulture))),
        IConvertible number => new ByteSize(number.ToInt64(CultureInfo.InvariantCulture)),
        var other => throw new ArgumentTransformationMetadataException($"A {other.GetType().Name} is not a size. Write 8GB, '8Gi' or '8G'."),
    };

    private static ByteSize Parse(string text) => ByteSize.TryParse(text, out var size)
        ? size
        : throw new ArgumentTransformationMetadataException($"'{text}' is not a size. Write 8GB or '8Gi' (powers of 1024), or '8G' (powers of 1000).");
}
