namespace Toil.BatchSystems.Grid;

/// <summary>A job's script in a file of its own, for commands that don't read it from standard input. Removed when disposed.</summary>
internal sealed class TemporaryScript : IDisposable
{
    private TemporaryScript(string path) => Path = path;

    public string Path { get; }

    public static TemporaryScript Write(string text)
    {
        var script = new TemporaryScript(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"toil-{Guid.NewGuid():N}.sh"));
        File.WriteAllText(script.Path, text);
        return script;
    }

    public void Dispose() => File.Delete(Path);
}
