using System.Reflection;
using System.Runtime.Loader;

namespace Toil.Plugins;

/// <summary>Loads assemblies of plug-ins, each once in a process.</summary>
internal static class PluginLoader
{
    /// <summary>More assemblies to load, separated as in PATH.</summary>
    public const string Variable = "TOIL_PLUGINS";

    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Loaded = [];

    /// <summary>Loads what the environment names.</summary>
    /// <inheritdoc cref="Load(IEnumerable{string})" path="/exception"/>
    public static void LoadFromEnvironment() => Load(FromEnvironment());

    /// <summary>The files that the environment names, as absolute paths.</summary>
    public static IReadOnlyList<string> FromEnvironment() =>
    [
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Path.GetFullPath),
    ];

    /// <exception cref="ToilException">A file isn't there, is no assembly for this version, or holds no plug-in; or its own code failed.</exception>
    public static void Load(IEnumerable<string> paths)
    {
        lock (Gate)
        {
            foreach (var path in paths.Select(Path.GetFullPath).Where(path => !Loaded.Contains(path)))
            {
                Load(path);
                Loaded.Add(path);
            }
        }
    }

    /// <summary>Loads assemblies that ship with the engine, as far as they stand beside it.</summary>
    public static void LoadAdapters(IEnumerable<string> names)
    {
        var engine = typeof(PluginLoader).Assembly;
        var context = AssemblyLoadContext.GetLoadContext(engine)!;
        foreach (var path in names.Select(name => Path.Combine(Path.GetDirectoryName(engine.Location) ?? "", $"{name}.dll")).Where(File.Exists))
        {
            foreach (var plugin in context.LoadFromAssemblyPath(path).GetExportedTypes().Where(IsPlugin))
            {
                Register(plugin, path);
            }
        }
    }

    private static void Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new ToilException($"There is no plug-in {path}. Name the .dll that its project builds, by --plugin, -Plugin or {Variable}.");
        }

        var plugins = FindIn(path);
        if (plugins.Count == 0)
        {
            throw new ToilException($"{path} holds no plug-in: no public class with the interface {nameof(IToilPlugin)} and a public constructor without parameters.");
        }

        foreach (var plugin in plugins)
        {
            Register(plugin, path);
        }
    }

    private static List<Type> FindIn(string path)
    {
        try
        {
            return [.. new PluginContext(path).LoadFromAssemblyPath(path).GetExportedTypes().Where(IsPlugin)];
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new ToilException($"The plug-in {path} can't be loaded: {error.Message} Is it built for this version of Toil and of .NET, and is all that it needs beside it?", error);
        }
    }

    private static bool IsPlugin(Type type) =>
        typeof(IToilPlugin).IsAssignableFrom(type) && type is { IsAbstract: false, IsInterface: false } && type.GetConstructor(Type.EmptyTypes) is not null;

    private static void Register(Type type, string path)
    {
        try
        {
            ((IToilPlugin)Activator.CreateInstance(type)!).Register();
        }
        catch (Exception error)
        {
            var cause = (error as TargetInvocationException)?.InnerException ?? error;
            throw new ToilException($"The plug-in {type.FullName} in {path} failed when it was registered: {cause.Message}", cause);
        }
    }
}
