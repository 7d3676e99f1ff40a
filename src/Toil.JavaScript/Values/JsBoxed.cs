namespace Toil.JavaScript.Values;

/// <summary>A primitive as an object: <c>new String("a")</c>, <c>Object(1)</c>. Strings show their characters as elements.</summary>
internal sealed class JsBoxed(JsObject prototype, JsValue primitive) : JsObject(prototype)
{
    public JsValue Primitive => primitive;

    public override string ClassName => primitive.IsString ? "String" : primitive.IsNumber ? "Number" : primitive.IsBoolean ? "Boolean" : "Symbol";

    protected override bool IsExotic => primitive.IsString;

    public override bool GetOwn(PropertyKey key, out PropertySlot slot)
    {
        if (primitive.IsString)
        {
            var text = primitive.Text;
            if (key.IsIndex(out var index) && index < text.Length)
            {
                slot = new PropertySlot { Key = key.Ref, Hash = key.Hash, Value = Js.CharText(text[(int)index]), Flags = PropertyFlags.Enumerable };
                return true;
            }
            if (key.Ref is "length")
            {
                slot = new PropertySlot { Key = key.Ref, Hash = key.Hash, Value = (double)text.Length };
                return true;
            }
        }
        return base.GetOwn(key, out slot);
    }

    public override bool Delete(PropertyKey key) => !(primitive.IsString && GetOwn(key, out var slot) && !slot.IsConfigurable) && base.Delete(key);

    public override void CollectKeys(List<PropertyKey> keys)
    {
        if (primitive.IsString)
        {
            var length = primitive.Text.Length;
            Realm.Current.CheckLength(length * 64L);
            for (var i = 0; i < length; i++)
            {
                keys.Add(Js.IndexKey(i));
            }
            keys.Add("length");
        }
        base.CollectKeys(keys);
    }
}
