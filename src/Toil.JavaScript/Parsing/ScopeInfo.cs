namespace Toil.JavaScript.Parsing;

/// <summary>The variables of a block, function or script, or the body of a <c>with</c>, while it is parsed. Closing it decides where each lives.</summary>
internal sealed class ScopeInfo(ScopeInfo? parent, FunctionInfo function, bool isFunctionScope)
{
    private List<Identifier> references = [];
    private Dictionary<string, Binding>? bindings;

    public ScopeInfo? Parent => parent;

    public FunctionInfo Function => function;

    public bool IsFunctionScope => isFunctionScope;

    /// <summary>Slots of the scope object; 0 when none is needed.</summary>
    public int SlotCount { get; private set; }

    /// <summary>Whether it is the body of a <c>with</c>: it declares nothing, its object is asked for each name when it runs.</summary>
    public bool IsWith { get; init; }

    /// <summary>How many uses of names closing it goes through.</summary>
    public int ReferenceCount => references.Count;

    /// <summary>Whether a statement can be entered past declarations before it, as in a switch.</summary>
    public bool AlwaysCheck { get; init; }

    public List<FunctionDeclaration> Functions { get; } = [];

    /// <summary>Frame slots and scope slots that must be made uninitialized on entry.</summary>
    public int[] FrameResets { get; private set; } = [];

    public int[] ScopeResets { get; private set; } = [];

    public IEnumerable<Binding> Bindings => bindings?.Values ?? Enumerable.Empty<Binding>();

    public Binding? Find(string name) => bindings?.GetValueOrDefault(name);

    public Binding Declare(string name, BindingKind kind, int position)
    {
        var binding = new Binding(name, kind, position);
        (bindings ??= []).Add(name, binding);
        return binding;
    }

    public void Refer(Identifier identifier)
    {
        identifier.Scope = this;
        references.Add(identifier);
    }

    /// <summary>Whether anything in it, closed functions included, uses the name.</summary>
    public bool Refers(string name) => references.Exists(reference => reference.Name == name);

    public Identifier? FirstUnknownPrivate() => references.Find(reference => reference.Name[0] == '#' && Find(reference.Name) is null);

    /// <summary>Gives every binding its place and every use of one its way there; passes other uses on to the scope around.</summary>
    public void Close()
    {
        if (IsWith)
        {
            references.ForEach(static reference => reference.PutUnderWith());
        }
        if (bindings is null)
        {
            HandOver();
            return;
        }
        List<Identifier>? found = null;
        foreach (var reference in references)
        {
            if (Find(reference.Name) is { } binding)
            {
                (found ??= []).Add(reference);
                binding.IsCaptured |= reference.Scope!.Function != function;
                binding.NeedsCheck |= binding.IsLexical && (AlwaysCheck || binding.IsCaptured || reference.Position < binding.ReadyAt);
            }
            else
            {
                parent?.references.Add(reference);
            }
        }
        Allocate();
        if (found is not null)
        {
            foreach (var reference in found)
            {
                reference.Resolve(Find(reference.Name)!, Hops(reference.Scope!));
            }
        }
        references = [];
    }

    /// <summary>Passes all uses on; in deep nesting most scopes declare nothing, so the list itself goes where it can.</summary>
    private void HandOver()
    {
        if (parent is { references.Count: 0 })
        {
            parent.references = references;
        }
        else
        {
            parent?.references.AddRange(references);
        }
        references = [];
    }

    private void Allocate()
    {
        var (inFrame, inScope) = (new List<int>(), new List<int>());
        foreach (var binding in Bindings)
        {
            binding.Slot = binding.IsCaptured ? SlotCount++ : function.FrameSlots++;
            if (binding.NeedsCheck)
            {
                (binding.IsCaptured ? inScope : inFrame).Add(binding.Slot);
            }
        }
        FrameResets = inFrame.ToArray();
        ScopeResets = inScope.ToArray();
    }

    /// <summary>How many scope objects lie between a use and this scope's.</summary>
    private int Hops(ScopeInfo from)
    {
        var hops = 0;
        for (var scope = from; scope != this; scope = scope!.Parent)
        {
            hops += scope!.SlotCount > 0 || scope.IsWith ? 1 : 0;
        }
        return hops;
    }
}
