using Toil.Scripting;

namespace Toil.Running;

/// <summary>Finds the present text of the scriptblocks that unfinished jobs run, in the scripts that they came from.</summary>
/// <param name="script">A script to look into instead; null for where each one came from.</param>
/// <param name="warn">Hears of blocks that can't be found any more.</param>
internal sealed class EditedScripts(string? script, Action<string> warn)
{
    private readonly Dictionary<string, EditedScript?> _scripts = [];

    /// <summary>The code with its present text; null to keep what it was.</summary>
    public Code? ReplacementOf(Code code)
    {
        if (code.Vehicle != Vehicle.Script || code.Identity.IndexOf('|', StringComparison.Ordinal) is var end && end < 0)
        {
            return null;
        }

        var origin = code.Identity[..end];
        if (Load(script ?? origin) is not { } edited)
        {
            return null;
        }

        var replacement = edited.Replace(ScriptCode.From(code), code.Identity[end..]);
        if (replacement is null)
        {
            warn($"{edited.Path}: the scriptblock that was at line {ScriptCode.From(code).Body.Line} isn't there any more. Its unfinished jobs run the text that they were made with.");
        }

        return replacement?.ToCode(code.Identity);
    }

    private EditedScript? Load(string path)
    {
        if (!_scripts.TryGetValue(path, out var edited))
        {
            _scripts[path] = edited = File.Exists(path) ? new EditedScript(path) : null;
        }

        return edited;
    }
}
