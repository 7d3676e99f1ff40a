namespace Toil.JavaScript.Interpretation;

/// <summary>A started generator function: runs from yield to yield.</summary>
internal sealed class JsGenerator(Realm realm, JsObject prototype, Frame frame) : JsObject(prototype)
{
    private IEnumerator<Completion>? steps;
    private bool isRunning;
    private bool isDone;

    public override string ClassName => "Generator";

    /// <summary>Goes on to the next yield or the end.</summary>
    public (JsValue Value, bool Done) Resume(GeneratorSignal signal, JsValue sent)
    {
        if (isRunning)
        {
            throw Errors.Type("Generator is already running");
        }
        isDone = isDone || (steps is null && signal != GeneratorSignal.Next);
        if (isDone)
        {
            return signal == GeneratorSignal.Throw ? throw new JsThrow(sent) : (signal == GeneratorSignal.Return ? sent : default, true);
        }
        realm.Tick();
        Realm.EnsureStack();
        steps ??= ScopeEntry.Steps(frame.Code.Body, frame).GetEnumerator();
        (frame.Signal, frame.Sent) = (signal, sent);
        return Step();
    }

    private (JsValue Value, bool Done) Step()
    {
        var caller = realm.Frame;
        realm.Frame = frame;
        isRunning = true;
        var completed = false;
        try
        {
            steps!.MoveNext();
            completed = true;
        }
        finally
        {
            isRunning = false;
            isDone = !completed || steps!.Current != Completion.Yield;
        }
        realm.Frame = caller;
        var hasValue = !isDone || steps.Current == Completion.Return;
        return (hasValue ? frame.Result : default, isDone);
    }
}
