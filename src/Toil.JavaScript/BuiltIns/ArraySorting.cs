namespace Toil.JavaScript.BuiltIns;

/// <summary>A merge sort: stable, and safe with comparisons that contradict themselves.</summary>
internal static class ArraySorting
{
    public static JsValue[] By(Realm realm, List<JsValue> values, JsFunction compare) => Merge(realm, [.. values], (x, y) =>
    {
        var order = compare.Call(default, [x, y]);
        return order.IsNumber ? order.Num : Js.ToNumber(order);
    });

    /// <summary>By what toString gives, compared unit by unit.</summary>
    public static JsValue[] ByText(Realm realm, List<JsValue> values)
    {
        var texts = values.Select(value => (Text: Js.ToString(value), Value: value)).ToArray();
        return [.. Merge(realm, texts, static (x, y) => string.CompareOrdinal(x.Text, y.Text)).Select(static e => e.Value)];
    }

    private static T[] Merge<T>(Realm realm, T[] items, Func<T, T, double> compare)
    {
        realm.Charge(items.Length * 32L);
        var source = items;
        var target = new T[items.Length];
        for (long width = 1; width < items.Length; width *= 2)
        {
            for (long low = 0; low < items.Length; low += 2 * width)
            {
                var middle = (int)Math.Min(low + width, items.Length);
                var high = (int)Math.Min(low + (2 * width), items.Length);
                var (i, j) = ((int)low, middle);
                for (var k = (int)low; k < high; k++)
                {
                    realm.Tick();
                    target[k] = i < middle && (j >= high || !(compare(source[i], source[j]) > 0)) ? source[i++] : source[j++];
                }
            }
            (source, target) = (target, source);
        }
        return source;
    }
}
