namespace Toil.JavaScript.Values;

/// <summary>What Function.prototype.bind makes.</summary>
internal sealed class BoundFunction(Realm realm, JsFunction target, JsValue self, JsValue[] bound) : JsFunction(realm, target.Prototype)
{
    public JsFunction Target => target;

    public override string Name => "bound " + target.Name;

    public override bool IsConstructor => target.IsConstructor;

    public override JsValue Call(JsValue ignored, JsValue[] arguments)
    {
        Realm.EnsureStack();
        return target.Call(self, [.. bound, .. arguments]);
    }

    public override JsValue Construct(JsValue[] arguments, JsObject newTarget)
    {
        Realm.EnsureStack();
        return target.Construct([.. bound, .. arguments], newTarget == this ? target : newTarget);
    }

    protected override void AddProperties()
    {
        var length = target.Get("length") is { IsNumber: true } number ? Math.Max(0, number.Num - bound.Length) : 0;
        Put("length", length, PropertyFlags.Configurable);
        Put("name", "bound " + Js.ToString(target.Get("name")), PropertyFlags.Configurable);
    }
}
