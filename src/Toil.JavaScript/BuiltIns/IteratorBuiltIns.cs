namespace Toil.JavaScript.BuiltIns;

/// <summary>An iterator of a built-in; null ends it.</summary>
internal sealed class NativeIterator(Realm realm, string name, Func<JsValue?> next) : JsObject(realm.NativeIteratorPrototype)
{
    private bool isDone;

    public string Name => name;

    public JsValue? Next()
    {
        var value = isDone ? null : next();
        isDone = value is null;
        return value;
    }
}

internal static class IteratorBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype) =>
        prototype.Put(JsSymbol.Iterator, realm.Function("[Symbol.iterator]", 0, static (_, self, _) => self), PropertyFlags.Hidden);

    public static void FillNative(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "next", 0, static (r, self, _) =>
        {
            var iterator = self.Ref as NativeIterator ?? throw Errors.Type("next method called on incompatible receiver " + Js.Display(self));
            var value = iterator.Next();
            return Result(r, value ?? default, value is null);
        });
        realm.Getter(prototype, JsSymbol.ToStringTag, static (_, self, _) => (self.Ref as NativeIterator)?.Name ?? "Iterator");
    }

    public static void FillGenerator(Realm realm, JsObject prototype)
    {
        void Add(string name, GeneratorSignal signal) => realm.Method(prototype, name, 1, (r, self, a) =>
        {
            var generator = self.Ref as JsGenerator ?? throw Errors.Type($"{name} method called on incompatible receiver {Js.Display(self)}");
            var (value, done) = generator.Resume(signal, a.At(0));
            return Result(r, value, done);
        });
        Add("next", GeneratorSignal.Next);
        Add("return", GeneratorSignal.Return);
        Add("throw", GeneratorSignal.Throw);
        prototype.Put(JsSymbol.ToStringTag, "Generator", PropertyFlags.Configurable);
    }

    public static void FillGeneratorFunction(Realm realm, JsObject prototype)
    {
        prototype.Put("prototype", realm.GeneratorPrototype, PropertyFlags.Configurable);
        prototype.Put(JsSymbol.ToStringTag, "GeneratorFunction", PropertyFlags.Configurable);
    }

    public static JsObject Result(Realm realm, JsValue value, bool done)
    {
        var result = new JsObject(realm.ObjectPrototype);
        result.Put("value", value);
        result.Put("done", done);
        return result;
    }
}
