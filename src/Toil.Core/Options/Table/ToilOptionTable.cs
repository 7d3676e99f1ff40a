namespace Toil.Options;

/// <summary>Every option of the engine, defined once, in the order that help shows them within their groups.</summary>
/// <remarks>
/// Every start of a workflow makes it, so it is made cheap to compile: one class, the options in fields rather than
/// properties (whose lambdas would each be cached), and no lookup that needs types of its own.
/// </remarks>
internal static partial class ToilOptionTable
{
    // Not a field: those of several files have no order.
    public static IReadOnlyList<ToilOption> All => field ??=
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
