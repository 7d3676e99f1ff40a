using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Toil.JavaScript.Interpretation;

/// <summary>One engine's world: its built-ins, made when first used, its global variables, and what it has used of its limits.</summary>
internal sealed partial class Realm
{
    private const int TicksBetweenLooks = 2000;

    [ThreadStatic]
    private static Realm? current;

    private readonly ScriptLimits limits;
    private int ticks = TicksBetweenLooks;
    private long deadline = long.MaxValue;
    private long charged;
    private long heapAtStart = -1;

    public Realm(ScriptLimits limits)
    {
        this.limits = limits;
        charged = 0;
    }

    /// <summary>The world of the script that runs on this thread.</summary>
    public static Realm Current => current!;

    /// <summary>The innermost running function.</summary>
    public Frame? Frame { get; set; }

    public ScriptLimits Limits => limits;

    /// <summary>What scripts wrote with console.log and its kin, one entry a call.</summary>
    public List<string> Console { get; } = [];

    /// <summary>The arrays that are being joined, to find those within themselves.</summary>
    public HashSet<JsObject> Joining { get; } = [];

    /// <summary>Makes this world the thread's until the result is disposed.</summary>
    public Visit Enter() => new(this);

    /// <summary>Counts a step; ends the script when its time is over. Long work counts several.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Tick(int steps = 1)
    {
        if ((ticks -= 1 + steps) < 0)
        {
            LookAtClock();
        }
    }

    /// <summary>Counts memory that is about to be taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(long bytes)
    {
        if ((charged += bytes) > limits.Memory)
        {
            LookAtHeap(bytes);
        }
    }

    /// <summary>Ends the script if one thing alone would take more than all may.</summary>
    public void CheckLength(long bytes)
    {
        if (bytes > limits.Memory || bytes > int.MaxValue)
        {
            throw OutOfMemory();
        }
    }

    /// <summary>Called where built-ins or functions call each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ScriptLimitException("The script is nested too deeply: it calls itself, or its data or text are nested, beyond the stack.");
        }
    }

    public (Program? Program, int Position) Where() => (Frame?.Code.Program, Frame?.Position ?? 0);

    private void LookAtClock()
    {
        ticks = TicksBetweenLooks;
        if (Stopwatch.GetTimestamp() > deadline)
        {
            throw new ScriptLimitException($"The script ran longer than {limits.Time.TotalSeconds:0.###} s, the time limit.");
        }
    }

    /// <summary>The count says nothing of what is free again: so ask the heap, as seldom as the limit is used up.</summary>
    private void LookAtHeap(long bytes)
    {
        var live = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - heapAtStart);
        if (live + bytes > limits.Memory)
        {
            throw OutOfMemory();
        }
        charged = live + bytes;
    }

    private ScriptLimitException OutOfMemory() => new($"The script used more than {limits.Memory >> 20} MiB, the memory limit.");

    /// <summary>The time during which a world is the thread's.</summary>
    public readonly ref struct Visit
    {
        private readonly Realm? outer;
        private readonly Realm realm;

        public Visit(Realm realm)
        {
            this.realm = realm;
            outer = current;
            current = realm;
            if (realm.heapAtStart < 0)
            {
                realm.heapAtStart = GC.GetTotalMemory(false);
            }
        }

        /// <summary>Starts the clock, and the count of memory anew.</summary>
        public void Start()
        {
            realm.ticks = TicksBetweenLooks;
            realm.charged = 0;
            realm.Frame = null;
            realm.Joining.Clear();
            realm.heapAtStart = GC.GetTotalMemory(false);
            var ticksOfClock = realm.limits.Time.TotalSeconds * Stopwatch.Frequency;
            realm.deadline = ticksOfClock > long.MaxValue / 2 ? long.MaxValue : Stopwatch.GetTimestamp() + (long)ticksOfClock;
        }

        public void Dispose() => current = outer;
    }
}
