namespace Toil.Options;

/// <summary>Every option of the engine, defined once, in the order that help shows them within their groups.</summary>
internal static class ToilOptionTable
{
    public static readonly IReadOnlyList<ToilOption> All =
    [
        .. CoreOptions.All, .. LoggingOptions.All, .. BatchSystemOptions.All, .. ResourceOptions.All, .. RetryOptions.All, .. ServiceOptions.All,
        .. StorageOptions.All, .. LogManagementOptions.All, .. MiscellaneousOptions.All, .. DebugOptions.All,
    ];

    private static readonly Dictionary<string, ToilOption> ByKey = All.ToDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The option of that name without dashes, whatever its case; null when there is none.</summary>
    public static ToilOption? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>The option and value that a name without dashes stands for, such as <c>logDebug</c>; null when it stands for none.</summary>
    public static (ToilOption Option, string Text)? FindShorthand(string key) =>
        All.SelectMany(option => option.Shorthands.Select(shorthand => (option, shorthand.Key, shorthand.Value)))
            .Where(entry => entry.Key.TrimStart('-').Equals(key, StringComparison.OrdinalIgnoreCase))
            .Select(entry => ((ToilOption, string)?)(entry.option, entry.Value))
            .FirstOrDefault();
}
