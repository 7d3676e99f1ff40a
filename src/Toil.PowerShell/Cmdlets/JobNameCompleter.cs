using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Toil.JobStores;
using Toil.Running;

namespace Toil.Cmdlets;

/// <summary>Completes the names of the jobs in the store that the command line names.</summary>
public sealed class JobNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        return Names(fakeBoundParameters["JobStore"] as string)
            .Where(name => name.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name.Contains(' ', StringComparison.Ordinal) ? $"'{name}'" : name, name, CompletionResultType.ParameterValue, name));
    }

    private static IEnumerable<string> Names(string? locator)
    {
        try
        {
            return locator is null ? [] : ReadNamesAsync(StorePath.Resolve(locator, Here())).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is ToilException or IOException or UnauthorizedAccessException)
        {
            // A completer has nobody to tell.
            return [];
        }
    }

    /// <summary>The shell's location, which the process doesn't know.</summary>
    private static string Here()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Microsoft.PowerShell.Management\\Get-Location").AddParameter("PSProvider", "FileSystem").Invoke<PathInfo>()[0].ProviderPath;
    }

    private static async Task<IEnumerable<string>> ReadNamesAsync(string locator)
    {
        await using var store = await JobStore.OpenAsync(JobStoreLocator.Parse(locator)).ConfigureAwait(false);
        return WorkflowInspector.ReadJobs(store).Select(job => job.Name).Distinct().Order().ToList();
    }
}
