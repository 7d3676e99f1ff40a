using System.Collections.ObjectModel;
using System.Management.Automation;
using Toil.Cmdlets;
using Toil.Options;

namespace Toil.Running;

/// <summary>The engine's options as parameters of a cmdlet: made from the table that also serves the command line, so that there is one definition.</summary>
internal static class OptionParameters
{
    public static RuntimeDefinedParameterDictionary Create(params string[] without)
    {
        var parameters = new RuntimeDefinedParameterDictionary();
        foreach (var option in ToilOptionTable.All.Where(option => !without.Contains(option.ParameterName)))
        {
            parameters[option.ParameterName] = Create(option);
            foreach (var shorthand in option.Shorthands)
            {
                var name = ToilOption.ParameterNameOf(shorthand.Key);
                var attribute = new ParameterAttribute { HelpMessage = $"Same as -{option.ParameterName}:{shorthand.Value}." };
                parameters[name] = new RuntimeDefinedParameter(name, typeof(SwitchParameter), [attribute]);
            }
        }

        return parameters;
    }

    /// <summary>The options with what the caller, <c>toil run</c>, the environment and a config file say.</summary>
    /// <param name="cmdlet">Whose parameters are read.</param>
    /// <param name="store">The job store that the caller names.</param>
    /// <param name="isRestart">The cmdlet goes on with a workflow, whatever its parameters say.</param>
    public static ToilOptions Read(PSCmdlet cmdlet, string? store, bool isRestart)
    {
        var here = cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        var given = RunOptions.FromJson(Environment.GetEnvironmentVariable(RunOptions.Variable));
        var options = OptionSources.Combine(Bound(cmdlet.MyInvocation.BoundParameters), given, Environment.GetEnvironmentVariable, here);
        options.Restart |= isRestart;
        OptionRules.Check(options);
        var fromCommandLine = given.Any(entry => entry.Option.Name == "--jobStore");
        options.JobStore = fromCommandLine ? options.JobStore : store ?? options.JobStore;
        return Resolve(options, here);
    }

    /// <exception cref="UsageException">Two parameters say different things of one option.</exception>
    private static List<KeyValuePair<ToilOption, object>> Bound(Dictionary<string, object> parameters)
    {
        var values = new List<KeyValuePair<ToilOption, object>>();
        var spellings = new SpellingCheck();
        foreach (var (name, bound) in parameters)
        {
            var value = Values.PSValues.Unwrap(bound) is SwitchParameter flag ? flag.IsPresent : Values.PSValues.Unwrap(bound);
            if (ToilOptionTable.FindSpelling($"--{name}", out var meant) is { } option && value is not null && (meant is null || value is true))
            {
                spellings.Add(option, $"-{name}", meant ?? $"{value}");
                values.Add(KeyValuePair.Create(option, meant ?? value));
            }
        }

        return values;
    }

    private static RuntimeDefinedParameter Create(ToilOption option)
    {
        var attributes = new Collection<Attribute> { new ParameterAttribute { HelpMessage = ToilOption.ForCmdlets(option.Help) } };
        if (option.ValueType == typeof(ByteSize))
        {
            attributes.Add(new ByteSizeTransformationAttribute());
        }
        else if (option.ValueType == typeof(TimeSpan))
        {
            attributes.Add(new DurationTransformationAttribute());
        }

        if (AliasesOf(option) is { Length: > 0 } aliases)
        {
            attributes.Add(new AliasAttribute(aliases));
        }

        return new RuntimeDefinedParameter(option.ParameterName, TypeOf(option), attributes);
    }

    /// <summary>Other spellings, as far as they differ as parameters' names do. Letters alone would be taken for beginnings of other names.</summary>
    private static string[] AliasesOf(ToilOption option) =>
    [
        .. option.Aliases.Where(alias => alias.Length > 2).Select(ToilOption.ParameterNameOf)
            .Where(alias => !alias.Equals(option.ParameterName, StringComparison.OrdinalIgnoreCase)),
    ];

    private static Type TypeOf(ToilOption option) => option switch
    {
        { IsRepeatable: true } => typeof(object),
        _ when option.ValueType == typeof(bool) => typeof(SwitchParameter),
        _ => option.ValueType,
    };

    /// <summary>Paths are relative to the shell's location, which the process doesn't know.</summary>
    private static ToilOptions Resolve(ToilOptions options, string here)
    {
        options.JobStore = options.JobStore.Length == 0 ? "" : StorePath.Resolve(options.JobStore, here);
        foreach (var option in ToilOptionTable.All)
        {
            option.ResolvePath(options, here);
        }

        return options;
    }
}
