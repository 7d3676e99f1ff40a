namespace Toil.Jobs;

/// <summary>Two empty jobs around a job and everything after it: the first starts it, the second follows it and takes what is added to both.</summary>
internal sealed class Encapsulation : Job
{
    private readonly Job _inner;
    private readonly Job _tail;

    private Encapsulation(Job inner, Job tail, Job nothing) : base(inner.Name, nothing.Code, nothing.Arguments)
    {
        (_inner, _tail) = (inner, tail);
        Request = nothing.Request;
    }

    public static Encapsulation Of(Job inner)
    {
        var tail = MethodJob.Create(DoNothing, [], Vehicle.Inline);
        tail.Name = $"after {inner.Name}";
        var encapsulation = new Encapsulation(inner, tail, MethodJob.Create(DoNothing, [], Vehicle.Inline));
        inner.YieldPlaceTo(encapsulation);
        encapsulation.Begin();
        return encapsulation;
    }

    public override Promise Rv(params object[] path)
    {
        var inner = _inner.Rv(path);
        return new Promise(inner.Producer, [.. inner.Path]) { Group = this };
    }

    public override Job AddChild(Job child) => _tail.AddChild(child);

    public override Job AddFollowOn(Job followOn) => _tail.AddFollowOn(followOn);

    public override Job AddService(Job service) => _tail.AddService(service);

    private static void DoNothing() { }

    private void Begin()
    {
        base.AddChild(_inner);
        base.AddFollowOn(_tail);
    }
}
