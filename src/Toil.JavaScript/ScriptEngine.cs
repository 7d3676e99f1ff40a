namespace Toil.JavaScript;

/// <summary>
/// Runs JavaScript (ECMAScript 2022 as strict code, with <c>with</c> where nothing says "use strict"; what the Function constructor makes is sloppy) that can reach nothing but the values it was given. Not for several threads at once.
/// Values in and out: null, bool, long, double, string, <c>List&lt;object?&gt;</c> and <c>OrderedDictionary&lt;string, object?&gt;</c>;
/// in go also int, other lists and other dictionaries with string keys. Undefined comes out as null, properties that are undefined not at all,
/// whole numbers within 2^53 as long, dates and all else with toJSON as that says, the numbers that JSON lacks as double.
/// </summary>
internal sealed class ScriptEngine(ScriptLimits limits)
{
    private readonly Realm realm = new(limits);

    /// <summary>What scripts wrote with console.log, console.error and their like, one entry a call, since the engine was made.</summary>
    public IReadOnlyList<string> ConsoleLines => realm.Console;

    /// <summary>
    /// Sets a global variable. Scripts change their own copy; the caller doesn't change <paramref name="value"/> any more,
    /// since its parts are read when a script looks at them.
    /// </summary>
    /// <exception cref="ArgumentException">The value contains something that scripts can't have.</exception>
    /// <exception cref="ScriptLimitException">It is too large.</exception>
    public void SetGlobal(string name, object? value)
    {
        using var visit = realm.Enter();
        visit.Start();
        realm.Global.Put(name, HostValues.ToScript(realm, value));
    }

    /// <summary>Runs a script for what it defines: a library.</summary>
    /// <param name="source">The script.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="ScriptException">It doesn't parse, or it threw.</exception>
    /// <exception cref="ScriptLimitException">It used more than it may.</exception>
    public void Execute(string source, string name) => Run(source, name, wantsResult: false);

    /// <summary>Runs a script and returns the value of its last expression.</summary>
    /// <inheritdoc cref="Execute"/>
    public object? Evaluate(string source, string name) => Run(source, name, wantsResult: true);

    private object? Run(string source, string name, bool wantsResult)
    {
        var program = ProgramCache.Get(source, name);
        using var visit = realm.Enter();
        visit.Start();
        try
        {
            var frame = new Frame(realm, program.Main, null, null) { This = realm.Global };
            frame.ThisFrame = frame;
            realm.Frame = frame;
            realm.Declare(program.Main);
            program.Main.Scope.Enter(frame);
            ScopeEntry.Run(program.Main.Body, frame);
            return wantsResult ? HostValues.FromScript(realm, frame.Result) : null;
        }
        catch (JsThrow thrown)
        {
            throw ThrownErrors.ToException(thrown, program);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new ScriptLimitException("The script is nested too deeply.", name);
        }
        finally
        {
            realm.Frame = null;
        }
    }
}
