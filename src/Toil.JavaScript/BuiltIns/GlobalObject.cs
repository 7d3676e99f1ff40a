namespace Toil.JavaScript.BuiltIns;

/// <summary>The global object; what is built in appears when its name is first asked for.</summary>
internal sealed class GlobalObject(Realm realm) : JsObject(realm.ObjectPrototype)
{
    private readonly HashSet<string> made = [];

    public override string ClassName => "global";

    protected override bool IsExotic => true;

    public override bool GetOwn(PropertyKey key, out PropertySlot slot)
    {
        if (base.GetOwn(key, out slot))
        {
            return true;
        }
        if (key.Ref is not string name || made.Contains(name) || GlobalBuiltIns.Make(realm, name) is not { } value)
        {
            return false;
        }
        made.Add(name);
        var flags = name is "undefined" or "NaN" or "Infinity" ? PropertyFlags.None : PropertyFlags.Hidden;
        base.Store(key, new PropertySlot { Value = value, Flags = flags });
        return base.GetOwn(key, out slot);
    }
}
