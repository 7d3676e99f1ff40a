using System.Collections;
using System.Globalization;

namespace Toil.Worker;

/// <summary>What a worker process was before its first job. Taken and restored on the job thread.</summary>
internal sealed class ProcessSnapshot
{
    private readonly string _directory = Environment.CurrentDirectory;
    private readonly Hashtable _environment = new(Environment.GetEnvironmentVariables());
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly TextReader _in = Console.In;
    private readonly AssemblyWatch _assemblies = new();
    private readonly ThreadWatch _threads = new();

    /// <summary>Undoes what can be undone. False when something of the job goes on or has become part of the process.</summary>
    public bool TryRestore()
    {
        Environment.CurrentDirectory = _directory;
        CultureInfo.CurrentCulture = _culture;
        CultureInfo.CurrentUICulture = _uiCulture;
        CultureInfo.DefaultThreadCurrentCulture = null;
        CultureInfo.DefaultThreadCurrentUICulture = null;
        RestoreEnvironment();
        RestoreConsole();
        return !ChildProcesses.AnyLeft() && !_assemblies.AnyNew() && !_threads.AnyLeft();
    }

    /// <summary>Takes types that have come by now for harmless.</summary>
    public void AcceptTypes() => _assemblies.AnyNew();

    private void RestoreEnvironment()
    {
        var now = Environment.GetEnvironmentVariables();
        foreach (DictionaryEntry entry in now)
        {
            if (!_environment.ContainsKey(entry.Key))
            {
                Environment.SetEnvironmentVariable((string)entry.Key, null);
            }
        }

        foreach (DictionaryEntry entry in _environment)
        {
            if (!Equals(now[entry.Key], entry.Value))
            {
                Environment.SetEnvironmentVariable((string)entry.Key, (string?)entry.Value);
            }
        }
    }

    private void RestoreConsole()
    {
        if (!ReferenceEquals(Console.Out, _out))
        {
            Console.SetOut(_out);
        }

        if (!ReferenceEquals(Console.Error, _error))
        {
            Console.SetError(_error);
        }

        if (!ReferenceEquals(Console.In, _in))
        {
            Console.SetIn(_in);
        }
    }
}
