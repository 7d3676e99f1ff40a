Add-Type -TypeDefinition @'
namespace Toil
{
    public class EngineException : System.Exception { public EngineException(string message) : base(message) { } }
    internal static class ExitCodes { public static int Of(System.Exception error) { return 3; } }
}
'@
function Start-ToilWorkflow { throw [Toil.EngineException]::new("There is no job store.`nMake one.") }
