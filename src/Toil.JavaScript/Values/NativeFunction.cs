namespace Toil.JavaScript.Values;

internal delegate JsValue NativeCode(Realm realm, JsValue self, JsValue[] arguments);

internal delegate JsValue NativeConstructor(Realm realm, JsValue[] arguments, JsObject newTarget);

/// <summary>A built-in function.</summary>
internal sealed class NativeFunction(Realm realm, string name, int length, NativeCode code, NativeConstructor? constructor = null, JsObject? prototype = null)
    : JsFunction(realm, prototype)
{
    public override string Name => name;

    public override bool IsConstructor => constructor is not null;

    public override JsValue Call(JsValue self, JsValue[] arguments)
    {
        Realm.Tick();
        return code(Realm, self, arguments);
    }

    public override JsValue Construct(JsValue[] arguments, JsObject newTarget) =>
        constructor is null ? base.Construct(arguments, newTarget) : constructor(Realm, arguments, newTarget);

    protected override void AddProperties()
    {
        Put("length", (double)length, PropertyFlags.Configurable);
        Put("name", name, PropertyFlags.Configurable);
    }
}
