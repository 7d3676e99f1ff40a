using System.Globalization;
using System.Management.Automation.Host;

namespace Toil.Worker;

/// <summary>The host of jobs: nobody is there to answer, and what is written goes through the streams.</summary>
internal sealed class JobHost : PSHost
{
    /// <summary>What the job called exit with, if it did.</summary>
    public int? ExitCode { get; set; }

    public override string Name => "ToilJob";

    public override Version Version { get; } = typeof(JobHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface? UI => null;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new ToilException("A job can't wait at a prompt: nobody is there to answer.");

    public override void ExitNestedPrompt() { }

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }
}
