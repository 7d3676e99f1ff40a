namespace Toil.Options;

/// <summary>Combines what is said about options in several places.</summary>
internal static class OptionSources
{
    /// <summary>Each source beats those before it: defaults, config file, environment, the script's parameters, the command line, a node owner's overrides.</summary>
    /// <param name="parameters">What the workflow's script sets itself: options and values.</param>
    /// <param name="given">What the command line says; options that aren't the engine's are passed over.</param>
    /// <param name="environment">Looks a variable up; an empty one counts as not set.</param>
    /// <param name="directory">Where the path of a config file begins; null for the process's own.</param>
    /// <exception cref="UsageException">A value isn't one that its option takes, or the config file can't be used.</exception>
    public static ToilOptions Combine(
        IReadOnlyCollection<KeyValuePair<ToilOption, object>> parameters, IReadOnlyList<GivenOption> given, Func<string, string?> environment, string? directory = null)
    {
        var options = new ToilOptions();
        if (ConfigPath(parameters, given, environment) is { } config)
        {
            foreach (var (option, text, place) in ConfigFile.Read(directory is null ? config : Path.GetFullPath(config, directory)))
            {
                option.Set(options, text, place);
            }
        }

        SetFromEnvironment(options, option => option.EnvironmentVariable, environment);
        foreach (var (option, value) in parameters)
        {
            option.Assign(options, value);
        }

        foreach (var entry in given)
        {
            (entry.Option as ToilOption)?.Set(options, entry.Text);
        }

        SetFromEnvironment(options, option => option.OverrideVariable, environment);
        return options;
    }

    private static string? ConfigPath(
        IEnumerable<KeyValuePair<ToilOption, object>> parameters, IEnumerable<GivenOption> given, Func<string, string?> environment)
    {
        var path = environment("TOIL_CONFIG");
        foreach (var (option, value) in parameters)
        {
            path = option.Name == ToilOptionTable.ConfigName ? value.ToString() : path;
        }

        foreach (var (option, text) in given)
        {
            path = option.Name == ToilOptionTable.ConfigName ? text : path;
        }

        return path is { Length: > 0 } ? path : null;
    }

    private static void SetFromEnvironment(ToilOptions options, Func<ToilOption, string?> variableOf, Func<string, string?> environment)
    {
        foreach (var option in ToilOptionTable.All)
        {
            if (variableOf(option) is { } variable && environment(variable) is { Length: > 0 } text)
            {
                option.Set(options, text, variable);
            }
        }
    }
}
