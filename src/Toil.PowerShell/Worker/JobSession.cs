using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Toil.Worker;

/// <summary>What a job's runspace starts with: PowerShell's core commands and our cmdlets; all else loads when it is first called.</summary>
internal static class JobSession
{
    public static InitialSessionState Create()
    {
        TypeNames.Register();
        var initial = InitialSessionState.CreateDefault2();
        foreach (var (name, type) in Cmdlets())
        {
            initial.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        }

        return initial;
    }

    private static IEnumerable<(string Name, Type Type)> Cmdlets() =>
        from type in typeof(JobSession).Assembly.GetTypes()
        where !type.IsAbstract
        let cmdlet = type.GetCustomAttribute<System.Management.Automation.CmdletAttribute>()
        where cmdlet is not null
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", type);
}
