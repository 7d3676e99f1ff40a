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
        }

        return parameters;
    }

    /// <summary>The options with what the caller, <c>toil run</c> and the environment say.</summary>
    public static ToilOptions Read(PSCmdlet cmdlet, string? store)
    {
        var given = RunOptions.FromJson(Environment.GetEnvironmentVariable(RunOptions.Variable));
        var bound = cmdlet.MyInvocation.BoundParameters
            .Select(parameter => (Option: ToilOptionTable.Find(parameter.Key), Value: Values.PSValues.Unwrap(parameter.Value)))
            .Where(parameter => parameter is { Option: not null, Value: not null })
            .Select(parameter => KeyValuePair.Create(parameter.Option!, parameter.Value is SwitchParameter flag ? flag.IsPresent : parameter.Value!));
        var options = OptionSources.Combine(bound, given, Environment.GetEnvironmentVariable);
        var fromCommandLine = given.Any(entry => entry.Option.Name == "--jobStore");
        options.JobStore = fromCommandLine ? options.JobStore : store ?? options.JobStore;
        return Resolve(cmdlet, options);
    }

    private static RuntimeDefinedParameter Create(ToilOption option)
    {
        var attributes = new Collection<Attribute> { new ParameterAttribute { HelpMessage = option.Help } };
        if (option.ValueType == typeof(ByteSize))
        {
            attributes.Add(new ByteSizeTransformationAttribute());
        }

        return new RuntimeDefinedParameter(option.ParameterName, TypeOf(option), attributes);
    }

    private static Type TypeOf(ToilOption option) => option switch
    {
        { IsRepeatable: true } => typeof(object),
        _ when option.ValueType == typeof(bool) => typeof(SwitchParameter),
        _ => option.ValueType,
    };

    /// <summary>Paths are relative to the shell's location, which the process doesn't know.</summary>
    private static ToilOptions Resolve(PSCmdlet cmdlet, ToilOptions options)
    {
        var here = cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        options.JobStore = options.JobStore.Length == 0 ? "" : StorePath.Resolve(options.JobStore, here);
        options.WorkDir = Path.GetFullPath(options.WorkDir, here);
        options.LogFile = options.LogFile is null ? null : Path.GetFullPath(options.LogFile, here);
        options.WriteLogs = options.WriteLogs is null ? null : Path.GetFullPath(options.WriteLogs, here);
        return options;
    }
}
