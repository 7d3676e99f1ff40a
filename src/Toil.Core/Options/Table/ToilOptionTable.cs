namespace Toil.Options;

/// <summary>Every option of the engine, defined once, in the order that help shows them within their groups.</summary>
internal static class ToilOptionTable
{
    public static readonly IReadOnlyList<ToilOption> All =
    [
        .. CoreOptions.All, .. LoggingOptions.All, .. BatchSystemOptions.All, .. ResourceOptions.All, .. RetryOptions.All, .. ServiceOptions.All,
        .. StorageOptions.All, .. LogManagementOptions.All, .. MiscellaneousOptions.All, .. DebugOptions.All,
    ];

    // Needed where names come from files and cmdlets: a command line's reader has its own.
    private static readonly Lazy<Dictionary<string, (ToilOption Option, string? Text)>> BySpelling = new(() => All
        .SelectMany(option => option.Spellings.Select(spelling => (spelling, value: (option, option.Shorthands.GetValueOrDefault(spelling)))))
        .ToDictionary(entry => entry.spelling, entry => entry.value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The option of that name without dashes, whatever its case; null when there is none.</summary>
    public static ToilOption? Find(string key) => FindSpelling($"--{key}") is { Text: null } found ? found.Option : null;

    /// <summary>The option that a spelling stands for, and the value when it stands for one: <c>--logDebug</c>. Null when there is none.</summary>
    public static (ToilOption Option, string? Text)? FindSpelling(string spelling) =>
        BySpelling.Value.TryGetValue(spelling, out var found) ? found : null;
}
