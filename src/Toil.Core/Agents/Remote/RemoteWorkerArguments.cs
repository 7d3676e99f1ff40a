using System.Globalization;

namespace Toil.Agents;

/// <summary>
/// The command line that a batch system starts on a node: <c>worker --store LOCATOR [--plugin FILE]… --launch KEY --entry N</c>, or
/// <c>--pilot BATCH</c> in the place of the launch bundle.
/// </summary>
/// <param name="Store">The job store's locator.</param>
/// <param name="Plugins">Assemblies to load first.</param>
/// <param name="Launch">The launch bundle, or the pilots that were submitted together.</param>
/// <param name="Entry">The entry in it.</param>
/// <param name="IsPilot">Whether it is a pilot.</param>
internal sealed record RemoteWorkerArguments(string Store, IReadOnlyList<string> Plugins, string Launch, int Entry, bool IsPilot = false)
{
    private const string Command = "worker";

    public IReadOnlyList<string> ToArguments() =>
    [
        Command, "--store", Store, .. Plugins.SelectMany(plugin => new[] { "--plugin", plugin }), IsPilot ? "--pilot" : "--launch", Launch,
        "--entry", Entry.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Whether a command line is one of these, well-formed or not.</summary>
    public static bool Match(IReadOnlyList<string> arguments) => arguments is [Command, "--store", ..];

    /// <exception cref="UsageException">It isn't.</exception>
    public static RemoteWorkerArguments Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        var plugins = new List<string>();
        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (arguments[i] is not ("--store" or "--plugin" or "--launch" or "--pilot" or "--entry") || i + 1 == arguments.Count)
            {
                throw Malformed(arguments);
            }

            if (arguments[i] == "--plugin")
            {
                plugins.Add(arguments[i + 1]);
            }
            else
            {
                values[arguments[i]] = arguments[i + 1];
            }
        }

        var isPilot = values.TryGetValue("--pilot", out var launch);
        return (isPilot || values.TryGetValue("--launch", out launch))
            && int.TryParse(values.GetValueOrDefault("--entry"), NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
                ? new RemoteWorkerArguments(values["--store"], plugins, launch!, entry, isPilot)
                : throw Malformed(arguments);
    }

    private static UsageException Malformed(IReadOnlyList<string> arguments) => new(
        $"'{string.Join(' ', arguments)}' is not what a leader gives to batch systems: worker --store LOCATOR [--plugin FILE] --launch KEY --entry N, or --pilot BATCH in the place of --launch KEY.");
}
