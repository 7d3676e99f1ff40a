using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Toil.Options;

/// <summary>What a config file says of one option.</summary>
/// <param name="Option">The option.</param>
/// <param name="Text">The value as written.</param>
/// <param name="Place">File, line, column and the name as written, for errors.</param>
internal readonly record struct ConfigEntry(ToilOption Option, string Text, string Place);

/// <summary>Reads options from a YAML file: one mapping of option names without dashes to values.</summary>
/// <remarks>Nothing of the YAML library is loaded before a file is read: every start would pay for it.</remarks>
internal static class ConfigFile
{
    /// <exception cref="UsageException">The file can't be read, isn't such a mapping, or names an option that there isn't.</exception>
    public static IReadOnlyList<ConfigEntry> Read(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            return Read(reader, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The config file {path} can't be read: {error.Message}");
        }
    }

    /// <param name="reader">The YAML.</param>
    /// <param name="name">What errors call the file.</param>
    public static IReadOnlyList<ConfigEntry> Read(TextReader reader, string name)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(reader);
        }
        catch (YamlException error)
        {
            throw Complaint(name, error.Start, error.InnerException?.Message ?? error.Message);
        }

        return yaml.Documents switch
        {
            [] or [{ RootNode: YamlScalarNode { Value: null or "" } }] => [],
            [{ RootNode: YamlMappingNode options }] => [.. options.Children.SelectMany(entry => ReadOption(name, entry.Key, entry.Value))],
            [{ RootNode: var other }] => throw Complaint(name, other.Start, "expected options, each on a line of its own, such as 'retryCount: 3'."),
            [_, var second, ..] => throw Complaint(name, second.RootNode.Start, "a second document begins here; write all options into one."),
        };
    }

    private static IEnumerable<ConfigEntry> ReadOption(string file, YamlNode key, YamlNode value)
    {
        var name = (key as YamlScalarNode)?.Value ?? "";
        if (name.Equals("config", StringComparison.OrdinalIgnoreCase))
        {
            throw Complaint(file, key.Start, "a config file can't name another one.");
        }

        var place = $"{PlaceOf(file, value.Start)}: {name}";
        if (ToilOptionTable.FindSpelling($"--{name}", out var meant) is not { } option)
        {
            throw Complaint(file, key.Start, ExplainUnknown(name));
        }

        var texts = TextsOf(file, name, option, value);
        return meant is null
            ? texts.Select(text => new ConfigEntry(option, text, place))
            : texts.Where(text => IsOn(place, text, option, meant)).Select(_ => new ConfigEntry(option, meant, place));
    }

    /// <summary>A name that stands for another option's value, such as <c>disableCaching</c>, is written with True or not at all.</summary>
    private static bool IsOn(string place, string text, ToilOption option, string meant) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase)
            ? true
            : throw new UsageException($"{place}: '{text}' is not valid; expected True. It stands for '{option.Key}: {meant}'; write that option instead.");

    /// <returns>One text; several for an option that may be repeated; none for a value left out, which leaves the default.</returns>
    private static IEnumerable<string> TextsOf(string file, string name, ToilOption option, YamlNode value) => value switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => [],
        YamlScalarNode scalar => [scalar.Value ?? ""],
        YamlSequenceNode list when option.IsRepeatable => list.Select(item => ScalarOf(file, item)),
        YamlMappingNode map when option.IsRepeatable => map.Select(entry => $"{ScalarOf(file, entry.Key)}={ScalarOf(file, entry.Value)}"),
        _ => throw Complaint(file, value.Start, $"{name} takes a single value{(option.IsRepeatable ? ", a list or a mapping of them" : "")}."),
    };

    private static string ScalarOf(string file, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw Complaint(file, node.Start, "expected a single value.");

    private static string ExplainUnknown(string name) =>
        AbsentOptions.Explain($"--{name}")?[2..]
        ?? (NearestName.Find($"--{name}", ToilOptionTable.All.SelectMany(option => option.Spellings)) is { } nearest
            ? $"there is no option '{name}'. Did you mean '{nearest.TrimStart('-')}'?"
            : $"there is no option '{name}'; 'toil config' writes a file with all of them.");

    private static UsageException Complaint(string file, Mark place, string message) => new($"{PlaceOf(file, place)}: {message}");

    private static string PlaceOf(string file, Mark place) => string.Create(CultureInfo.InvariantCulture, $"{file}:{place.Line}:{place.Column}");
}
