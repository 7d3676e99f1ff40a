namespace Toil.JavaScript.Interpretation;

/// <summary>The built-in objects, each made when something first needs it.</summary>
internal sealed partial class Realm
{
    private readonly Dictionary<string, JsObject> errorPrototypes = [];
    private readonly Dictionary<Node, JsObject> templates = [];
    private JsObject? objectPrototype;
    private JsObject? functionPrototype;
    private JsArray? arrayPrototype;
    private JsObject? stringPrototype;
    private JsObject? numberPrototype;
    private JsObject? booleanPrototype;
    private JsObject? symbolPrototype;
    private JsObject? regExpPrototype;
    private JsObject? datePrototype;
    private JsObject? mapPrototype;
    private JsObject? setPrototype;
    private JsObject? weakMapPrototype;
    private JsObject? weakSetPrototype;
    private JsObject? iteratorPrototype;
    private JsObject? nativeIteratorPrototype;
    private JsObject? generatorPrototype;
    private JsObject? generatorFunctionPrototype;
    private GlobalObject? global;
    private Accessor? noCallee;

    public GlobalObject Global => global ??= new GlobalObject(this);

    public JsObject ObjectPrototype => objectPrototype ?? Make(ref objectPrototype, new JsObject(null), ObjectBuiltIns.Fill);

    public JsObject FunctionPrototype => functionPrototype ?? Make(ref functionPrototype, new JsObject(ObjectPrototype), FunctionBuiltIns.Fill);

    public JsArray ArrayPrototype
    {
        get
        {
            if (arrayPrototype is null)
            {
                arrayPrototype = new JsArray(ObjectPrototype, [], 0);
                ArrayBuiltIns.Fill(this, arrayPrototype);
            }
            return arrayPrototype;
        }
    }

    public JsObject StringPrototype => stringPrototype ?? Make(ref stringPrototype, new JsBoxed(ObjectPrototype, ""), StringBuiltIns.Fill);

    public JsObject NumberPrototype => numberPrototype ?? Make(ref numberPrototype, new JsBoxed(ObjectPrototype, 0.0), NumberBuiltIns.Fill);

    public JsObject BooleanPrototype => booleanPrototype ?? Make(ref booleanPrototype, new JsBoxed(ObjectPrototype, false), BooleanBuiltIns.Fill);

    public JsObject SymbolPrototype => symbolPrototype ?? Make(ref symbolPrototype, new JsObject(ObjectPrototype), SymbolBuiltIns.Fill);

    public JsObject RegExpPrototype => regExpPrototype ?? Make(ref regExpPrototype, new JsObject(ObjectPrototype), RegExpBuiltIns.Fill);

    public JsObject DatePrototype => datePrototype ?? Make(ref datePrototype, new JsObject(ObjectPrototype), DateBuiltIns.Fill);

    public JsObject MapPrototype => mapPrototype ?? Make(ref mapPrototype, new JsObject(ObjectPrototype), MapBuiltIns.Fill);

    public JsObject SetPrototype => setPrototype ?? Make(ref setPrototype, new JsObject(ObjectPrototype), SetBuiltIns.Fill);

    public JsObject WeakMapPrototype => weakMapPrototype ?? Make(ref weakMapPrototype, new JsObject(ObjectPrototype), WeakBuiltIns.FillMap);

    public JsObject WeakSetPrototype => weakSetPrototype ?? Make(ref weakSetPrototype, new JsObject(ObjectPrototype), WeakBuiltIns.FillSet);

    public JsObject IteratorPrototype => iteratorPrototype ?? Make(ref iteratorPrototype, new JsObject(ObjectPrototype), IteratorBuiltIns.Fill);

    public JsObject NativeIteratorPrototype =>
        nativeIteratorPrototype ?? Make(ref nativeIteratorPrototype, new JsObject(IteratorPrototype), IteratorBuiltIns.FillNative);

    public JsObject GeneratorPrototype => generatorPrototype ?? Make(ref generatorPrototype, new JsObject(IteratorPrototype), IteratorBuiltIns.FillGenerator);

    public JsObject GeneratorFunctionPrototype =>
        generatorFunctionPrototype ?? Make(ref generatorFunctionPrototype, new JsObject(FunctionPrototype), IteratorBuiltIns.FillGeneratorFunction);

    /// <summary>Where a value's methods are; null only for undefined and null.</summary>
    public JsObject? PrototypeOf(JsValue value) => value.Ref switch
    {
        null => null,
        string or Rope => StringPrototype,
        JsObject target => target.Prototype,
        JsSymbol => SymbolPrototype,
        _ => value.IsNumber ? NumberPrototype : value.IsBoolean ? BooleanPrototype : null,
    };

    public JsObject ErrorPrototype(string kind)
    {
        if (!errorPrototypes.TryGetValue(kind, out var prototype))
        {
            prototype = new JsObject(kind == "Error" ? ObjectPrototype : ErrorPrototype("Error"));
            errorPrototypes[kind] = prototype;
            ErrorBuiltIns.Fill(this, prototype, kind);
        }
        return prototype;
    }

    /// <summary>A built-in function, to be put where scripts find it.</summary>
    public NativeFunction Function(string name, int length, NativeCode code) => new(this, name, length, code);

    public void Method(JsObject target, string name, int length, NativeCode code) =>
        target.Put(name, new NativeFunction(this, name, length, code), PropertyFlags.Hidden);

    public void Getter(JsObject target, PropertyKey key, NativeCode code)
    {
        var accessor = new Accessor(new NativeFunction(this, "get " + FunctionNames.Of(key), 0, code), null);
        target.Put(key, JsValue.OfAccessor(accessor), PropertyFlags.Accessor | PropertyFlags.Configurable);
    }

    /// <summary>A constructor tied to its prototype.</summary>
    public NativeFunction Constructor(string name, int length, JsObject prototype, NativeCode call, NativeConstructor construct, JsObject? parent = null)
    {
        var function = new NativeFunction(this, name, length, call, construct, parent);
        function.Put("prototype", prototype, PropertyFlags.None);
        prototype.Put("constructor", function, PropertyFlags.Hidden);
        return function;
    }

    /// <summary>Whether for-of over the array means its elements in turn.</summary>
    public bool IteratesPlainly(JsArray array) => array.Prototype == arrayPrototype || array is JsArguments;

    public JsArguments MakeArguments(JsValue[] values) => new(this, (JsValue[])values.Clone());

    /// <summary>What strict code gets for <c>arguments.callee</c>.</summary>
    public Accessor NoCallee => noCallee ??= new Accessor(
        Function("callee", 0, static (_, _, _) => throw Errors.Type("'callee' may not be accessed in strict code")), null);

    /// <summary>The strings of a tagged template: the same object each time.</summary>
    public JsObject TemplateObject(Node template, Func<Realm, JsObject> make)
    {
        if (!templates.TryGetValue(template, out var strings))
        {
            templates[template] = strings = make(this);
        }
        return strings;
    }

    /// <summary>Sets the field first: filling a prototype needs others, which may need it.</summary>
    private JsObject Make(ref JsObject? field, JsObject made, Action<Realm, JsObject> fill)
    {
        field = made;
        fill(this, made);
        return made;
    }
}

/// <summary>What <c>arguments</c> is: an array in all but name.</summary>
internal sealed class JsArguments : JsArray
{
    public JsArguments(Realm realm, JsValue[] values)
        : base(realm.ObjectPrototype, values, values.Length)
    {
        Put(JsSymbol.Iterator, realm.ArrayPrototype.Get("values"), PropertyFlags.Hidden);
        Put("callee", JsValue.OfAccessor(realm.NoCallee), PropertyFlags.Accessor);
    }

    public override string ClassName => "Arguments";
}
