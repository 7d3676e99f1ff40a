namespace Toil.JavaScript.Interpretation;

/// <summary>Global variables: those declared with let, const or class, then the global object's properties.</summary>
internal sealed partial class Realm
{
    private readonly Dictionary<string, GlobalLexical> lexicals = [];

    public JsValue GetGlobal(PropertyKey key, Node node, Frame frame)
    {
        if (lexicals.Count > 0 && lexicals.TryGetValue(key.Name, out var lexical))
        {
            return lexical.Value.IsHole ? throw TooEarly(key, node, frame) : lexical.Value;
        }
        if (Global.GetOwn(key, out var slot))
        {
            return slot.IsAccessor ? slot.Read(Global) : slot.Value;
        }
        frame.Position = node.Position;
        throw Errors.Reference(MissingGlobals.Describe(key.Name));
    }

    public bool HasGlobal(PropertyKey key) => lexicals.ContainsKey(key.Name) || Global.Has(key);

    public void SetGlobal(PropertyKey key, JsValue value, Node node, Frame frame)
    {
        if (lexicals.TryGetValue(key.Name, out var lexical))
        {
            frame.Position = node.Position;
            lexical.Value = lexical.Value.IsHole ? throw TooEarly(key, node, frame)
                : lexical.IsConstant ? throw Errors.Type("Assignment to constant variable.") : value;
            return;
        }
        frame.Position = node.Position;
        if (!Global.HasOwn(key) && !frame.Code.IsSloppy)
        {
            throw Errors.Reference($"{key} is not defined; declare it with var, let or const");
        }
        Global.Set(key, value);
    }

    public void InitializeGlobal(PropertyKey key, JsValue value, Node node, Frame frame)
    {
        if (lexicals.TryGetValue(key.Name, out var lexical))
        {
            lexical.Value = value;
        }
        else
        {
            SetGlobal(key, value, node, frame);
        }
    }

    /// <summary>Makes the top-level variables of a script before it runs.</summary>
    public void Declare(FunctionInfo script)
    {
        foreach (var (name, isConstant) in script.GlobalLexicals)
        {
            if (lexicals.TryGetValue(name, out var known) && !known.Value.IsHole)
            {
                throw Errors.Syntax($"'{name}' has already been declared");
            }
            lexicals[name] = new GlobalLexical { Value = JsValue.Hole, IsConstant = isConstant };
        }
        foreach (var name in script.GlobalNames)
        {
            if (lexicals.ContainsKey(name))
            {
                throw Errors.Syntax($"'{name}' has already been declared");
            }
            if (!Global.HasOwn(name))
            {
                Global.Put(name, default, PropertyFlags.Writable | PropertyFlags.Enumerable);
            }
        }
    }

    private static JsThrow TooEarly(PropertyKey key, Node node, Frame frame)
    {
        frame.Position = node.Position;
        return Errors.Reference($"Cannot access '{key}' before initialization");
    }

    private sealed class GlobalLexical
    {
        public JsValue Value { get; set; }

        public bool IsConstant { get; init; }
    }
}
