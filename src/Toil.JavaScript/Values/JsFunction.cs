namespace Toil.JavaScript.Values;

/// <summary>Anything that can be called. Its <c>length</c>, <c>name</c> and <c>prototype</c> are made when somebody looks.</summary>
internal abstract class JsFunction(Realm realm, JsObject? prototype = null) : JsObject(prototype ?? realm.FunctionPrototype)
{
    private bool prepared;

    public Realm Realm { get; } = realm;

    public override string ClassName => "Function";

    public abstract string Name { get; }

    public virtual bool IsConstructor => false;

    protected override bool IsExotic => !prepared;

    /// <summary>Calls it. The callee copies what it keeps of <paramref name="arguments"/>.</summary>
    public abstract JsValue Call(JsValue self, JsValue[] arguments);

    /// <summary>What <c>new</c> does; the new object gets the prototype that <paramref name="newTarget"/> names.</summary>
    public virtual JsValue Construct(JsValue[] arguments, JsObject newTarget) => throw Errors.Type($"{Name} is not a constructor");

    public JsObject PrototypeProperty(JsObject fallback) => Get("prototype").Object ?? fallback;

    public override bool GetOwn(PropertyKey key, out PropertySlot slot)
    {
        Prepare();
        return base.GetOwn(key, out slot);
    }

    public override bool Delete(PropertyKey key)
    {
        Prepare();
        return base.Delete(key);
    }

    public override void CollectKeys(List<PropertyKey> keys)
    {
        Prepare();
        base.CollectKeys(keys);
    }

    /// <summary>Adds the properties that every function of this kind has.</summary>
    protected abstract void AddProperties();

    protected override void Store(PropertyKey key, PropertySlot slot)
    {
        Prepare();
        base.Store(key, slot);
    }

    private void Prepare()
    {
        if (!prepared)
        {
            prepared = true;
            AddProperties();
        }
    }
}
