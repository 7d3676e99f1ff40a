using System.Globalization;
using System.Management.Automation;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Takes a part of a request: a value now, or a job, promise or promised requirement that tells it later.</summary>
/// <param name="part">Which part.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RequirementTransformationAttribute(RequestPart part) : ArgumentTransformationAttribute
{
    private const double MostCores = 1e6;

    private static readonly ByteSizeTransformationAttribute Sizes = new();

    /// <summary>The part of the request that the parameter is.</summary>
    public RequestPart Part => part;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => PSValues.Unwrap(inputData) switch
    {
        null => null!,
        PromisedRequirement promised => promised,
        Promise promise => PromisedRequirement.Of(promise),
        Job job => PromisedRequirement.Of(job.Rv()),
        var value when part == RequestPart.Cores => Cores(value),
        var value when part == RequestPart.Accelerators => Accelerators(value),
        var value => Sizes.Transform(engineIntrinsics, value),
    };

    private static double Cores(object value)
    {
        var isNumber = value is string text
            ? double.TryParse(text, CultureInfo.InvariantCulture, out var cores)
            : LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out cores);
        return isNumber && cores is > 0 and <= MostCores
            ? cores
            : throw new ArgumentTransformationMetadataException($"'{value}' isn't a number of cores. Write a number above 0, such as 4 or 0.5, or the promise of one.");
    }

    private static AcceleratorRequest Accelerators(object value) =>
        value as AcceleratorRequest
        ?? (AcceleratorRequest.TryParse(string.Join(',', LanguagePrimitives.ConvertTo<string[]>(value)), out var request)
            ? request
            : throw new ArgumentTransformationMetadataException($"'{value}' aren't accelerators. Write a kind or model and a number, such as 'gpu', 'nvidia:2' or 'nvidia-tesla-k80:1', or the promise of it."));
}
