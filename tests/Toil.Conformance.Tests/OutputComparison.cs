using System.Globalization;
using System.Security.Cryptography;

namespace Toil.Conformance.Tests;

/// <summary>Says where an output object differs from the expected one, by the rules of cwltest: the reference that the suites are written for.</summary>
internal static class OutputComparison
{
    private const string Anything = "Any";

    private static readonly string[] OfLocation = ["location", "path", "listing", "contents"];

    /// <returns>The first difference, or null when there is none.</returns>
    public static string? Difference(object? expected, object? actual, string where = "$") => expected switch
    {
        Anything => null,
        null => actual is null ? null : $"{where}: expected null, not {Show(actual)}",
        _ when actual is null => $"{where}: expected {Show(expected)}, not null",
        Dictionary<string, object?> map => actual is Dictionary<string, object?> other ? OfMaps(map, other, where) : $"{where}: expected an object, not {Show(actual)}",
        List<object?> list => actual is List<object?> other ? OfLists(list, other, where) : $"{where}: expected a list, not {Show(actual)}",
        _ => AreEqual(expected, actual) ? null : $"{where}: expected {Show(expected)}, not {Show(actual)}",
    };

    private static string? OfMaps(Dictionary<string, object?> expected, Dictionary<string, object?> actual, string where) =>
        expected.GetValueOrDefault("class") switch
        {
            "File" => OfFiles(expected, actual, where),
            "Directory" => OfDirectories(expected, actual, where),
            _ => OfFields(expected, actual, expected.Keys, where)
                ?? actual.Where(entry => entry.Value is not null && !expected.ContainsKey(entry.Key)).Select(entry => $"{where}.{entry.Key}: not expected, but {Show(entry.Value)}").FirstOrDefault(),
        };

    private static string? OfFields(Dictionary<string, object?> expected, Dictionary<string, object?> actual, IEnumerable<string> fields, string where) =>
        fields.Select(field => Difference(expected[field], actual.GetValueOrDefault(field), $"{where}.{field}")).FirstOrDefault(found => found is not null);

    private static string? OfLists(List<object?> expected, List<object?> actual, string where) =>
        expected.Count != actual.Count
            ? $"{where}: expected {expected.Count} items, not {actual.Count}: {Show(actual)}"
            : expected.Select((item, i) => Difference(item, actual[i], $"{where}[{i}]")).FirstOrDefault(found => found is not null);

    private static string? OfFiles(Dictionary<string, object?> expected, Dictionary<string, object?> actual, string where) =>
        OfFields(expected, actual, expected.Keys.Except(OfLocation), where)
        ?? OfLocations(expected, actual, where)
        ?? OfContent(expected, actual, where);

    private static string? OfDirectories(Dictionary<string, object?> expected, Dictionary<string, object?> actual, string where)
    {
        if (expected.TryGetValue("listing", out var listing))
        {
            if (actual.GetValueOrDefault("listing") is not List<object?> found)
            {
                return $"{where}: has no listing";
            }

            foreach (var item in (List<object?>)listing!)
            {
                if (found.All(one => Difference(item, one, where) is not null))
                {
                    return $"{where}.listing: {Show(item)} is missing among {Show(found)}";
                }
            }
        }

        return OfFields(expected, actual, expected.Keys.Except(OfLocation), where) ?? OfLocations(expected, actual, where);
    }

    private static string? OfLocations(Dictionary<string, object?> expected, Dictionary<string, object?> actual, string where)
    {
        var field = expected.ContainsKey("path") ? "path" : "location";
        if (expected.GetValueOrDefault(field) is not string wanted || wanted == Anything)
        {
            return null;
        }

        var found = (actual.GetValueOrDefault(field) as string ?? actual.GetValueOrDefault("location") as string ?? "").TrimEnd('/');
        return found.EndsWith($"/{wanted}", StringComparison.Ordinal) || found == wanted ? null : $"{where}.{field}: expected {wanted}, not {found}";
    }

    /// <summary>What the file itself holds counts, not what is said of it.</summary>
    private static string? OfContent(Dictionary<string, object?> expected, Dictionary<string, object?> actual, string where)
    {
        var location = actual.GetValueOrDefault("location") as string ?? actual.GetValueOrDefault("path") as string;
        var path = location is null ? null : location.StartsWith("file:", StringComparison.Ordinal) ? Uri.UnescapeDataString(new Uri(location).AbsolutePath) : location;
        if (!File.Exists(path))
        {
            return $"{where}: there is no file at {location}";
        }

        var bytes = File.ReadAllBytes(path);
        var real = new Dictionary<string, object?> { ["size"] = (long)bytes.Length, ["checksum"] = ChecksumOf(bytes) };
        return real.Where(entry => actual.GetValueOrDefault(entry.Key) is { } said && !AreEqual(entry.Value!, said))
                .Select(entry => $"{where}.{entry.Key}: is {Show(entry.Value)}, but {Show(actual[entry.Key])} is said").FirstOrDefault()
            ?? (expected.TryGetValue("contents", out var contents) && (string)contents! != System.Text.Encoding.UTF8.GetString(bytes)
                ? $"{where}.contents: expected {Show(contents)}, not {System.Text.Encoding.UTF8.GetString(bytes)}"
                : null);
    }

    // The specification's own checksum, which guards nothing.
#pragma warning disable CA5350
    private static string ChecksumOf(byte[] bytes) => $"sha1${Convert.ToHexStringLower(SHA1.HashData(bytes))}";
#pragma warning restore CA5350

    private static bool AreEqual(object expected, object actual) => (expected, actual) switch
    {
        (long or double, long or double) => Convert.ToDouble(expected, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(actual, CultureInfo.InvariantCulture)),
        _ => expected.Equals(actual),
    };

    private static string Show(object? value) => System.Text.Json.JsonSerializer.Serialize(value);
}
