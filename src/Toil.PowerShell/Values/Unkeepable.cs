using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security;

namespace Toil.Values;

/// <summary>What means nothing outside the process that made it.</summary>
internal static class Unkeepable
{
    public static void ThrowIfHandle(object value, string path)
    {
        var advice = value switch
        {
            ScriptBlock => "Make a job of it with New-ToilJob, or return data",
            SecureString or PSCredential => "A job store isn't a place for secrets: get it inside the job that needs it",
            Stream or TextReader or TextWriter => "Return what it holds, or write that to a file with Write-ToilFile",
            Delegate or Task or CriticalHandle or IntPtr or UIntPtr or System.Management.Automation.Job or PSModuleInfo => "Return data",
            System.Data.DataTable or System.Data.DataSet => null,
            IDisposable => "Return the properties that later jobs need, e.g. with Select-Object",
            _ => null,
        };
        if (advice is not null)
        {
            throw new ToilException($"{path} is a {value.GetType().FullName}, which can't leave its process. {advice}.");
        }
    }

    /// <summary>Files and promises inside objects that only PowerShell reads would be lost to the engine.</summary>
    public static void ThrowIfEngineObject(object value, string path)
    {
        if (value is FileId or Promise or Job or ByteSize)
        {
            throw new ToilException($"{path} is a {value.GetType().FullName} inside an object of a class. Put it into a list, a hashtable or a [pscustomobject].");
        }
    }
}
