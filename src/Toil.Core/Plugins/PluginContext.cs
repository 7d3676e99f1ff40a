using System.Reflection;
using System.Runtime.Loader;

namespace Toil.Plugins;

/// <summary>Loads one plug-in with the dependencies that stand beside it. The engine, and what the engine has loaded, it shares with everybody.</summary>
internal sealed class PluginContext(string path) : AssemblyLoadContext($"plugin {path}")
{
    private static readonly Assembly Engine = typeof(PluginContext).Assembly;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Engine.GetName().Name)
        {
            return Engine;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } beside ? LoadFromAssemblyPath(beside) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } beside ? LoadUnmanagedDllFromPath(beside) : 0;
}
