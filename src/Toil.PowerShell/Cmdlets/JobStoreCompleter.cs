using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Completes job stores: directories that are one come first, then other paths.</summary>
public sealed class JobStoreCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete)
            .Where(path => Directory.Exists(path.ToolTip))
            .OrderByDescending(path => File.Exists(System.IO.Path.Combine(path.ToolTip, JobStoreLayout.Marker)));
}
