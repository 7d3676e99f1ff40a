namespace Toil.Options;

/// <summary>Every option of the engine, defined once, in the order that help shows them within their groups.</summary>
/// <remarks>Every start of a workflow makes it: one class, and no lookups that need types of their own, keep that cheap.</remarks>
internal static partial class ToilOptionTable
{
    public static readonly IReadOnlyList<ToilOption> All =
    [
        .. CoreOptions, .. LoggingOptions, .. BatchSystemOptions, .. ResourceOptions, .. RetryOptions, .. ServiceOptions,
        .. StorageOptions, .. LogManagementOptions, .. MiscellaneousOptions, .. DebugOptions,
    ];

    /// <summary>The option of that name without dashes, whatever its case; null when there is none.</summary>
    public static ToilOption? Find(string key) => FindSpelling($"--{key}", out var value) is { } option && value is null ? option : null;

    /// <summary>The option that a spelling stands for; null when there is none.</summary>
    /// <param name="spelling">With its dashes.</param>
    /// <param name="value">The value that it stands for, as <c>--logDebug</c> does; else null.</param>
    public static ToilOption? FindSpelling(string spelling, out string? value)
    {
        foreach (var option in All)
        {
            foreach (var candidate in option.Spellings)
            {
                if (candidate.Equals(spelling, StringComparison.OrdinalIgnoreCase))
                {
                    value = option.Shorthands.GetValueOrDefault(candidate);
                    return option;
                }
            }
        }

        value = null;
        return null;
    }
}
