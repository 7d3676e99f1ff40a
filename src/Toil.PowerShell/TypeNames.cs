using System.Management.Automation;
using System.Reflection;

namespace Toil;

/// <summary>Lets scripts name the engine's public types, which stand in a load context that the shell doesn't search.</summary>
public sealed class TypeNames : IModuleAssemblyInitializer
{
    private static readonly Type[] Shown = [typeof(ByteSize), typeof(FileId), typeof(Job), typeof(JobContext), typeof(Promise), typeof(PromisedRequirement), typeof(Requirements)];

    public void OnImport() => Register();

    internal static void Register()
    {
        // The shell's table of short type names has no public face; without it the types are still usable as objects.
        var table = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators");
        var add = table?.GetMethod("Add", BindingFlags.Static | BindingFlags.Public);
        foreach (var type in Shown)
        {
            add?.Invoke(null, [type.FullName, type]);
        }
    }
}
