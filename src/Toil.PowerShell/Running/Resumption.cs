using Toil.Values;

namespace Toil.Running;

/// <summary>Goes on with a workflow, with the present text of its scripts.</summary>
internal static class Resumption
{
    public static Func<IWorkflowObserver, Task<Workflow>> Open(ToilOptions options, CancellationToken cancellation) =>
        observer => Workflow.ResumeAsync(options, ScriptWorkers.ForThisShell(), observer, cancellation);

    /// <param name="script">The script to take texts from; null for where each one came from.</param>
    public static Func<Workflow, IWorkflowObserver, CancellationToken, Task<EncodedValue>> Continue(string? script) => async (workflow, observer, stop) =>
    {
        var edited = new EditedScripts(script, message => observer.Logged(LogLevel.Warning, message));
        workflow.ReplaceCode(edited.ReplacementOf);
        await ScriptDeployment.PublishAsync(workflow, workflow.Codes, stop).ConfigureAwait(false);
        return await workflow.ContinueAsync(stop).ConfigureAwait(false);
    };
}
