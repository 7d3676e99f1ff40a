namespace Toil.JavaScript.Values;

/// <summary>Two strings put together, copied only when somebody looks: so that appending in a loop isn't quadratic.</summary>
internal sealed class Rope
{
    private const int WorthIt = 256;

    private object left;
    private object? right;

    private Rope(object left, object right, int length)
    {
        this.left = left;
        this.right = right;
        Length = length;
    }

    public int Length { get; }

    /// <summary>The concatenation; ends the script before it takes memory that isn't allowed.</summary>
    public static JsValue Concat(object left, object right)
    {
        var leftLength = LengthOf(left);
        var rightLength = LengthOf(right);
        if (leftLength == 0)
        {
            return From(right);
        }
        if (rightLength == 0)
        {
            return From(left);
        }
        var length = (long)leftLength + rightLength;
        if (length < WorthIt)
        {
            Realm.Current.Charge(24 + (length * 2));
            return string.Concat(Flat(left), Flat(right));
        }
        Realm.Current.CheckLength(length * 2);
        Realm.Current.Charge(40);
        return new Rope(left, right, (int)length);
    }

    public string Flatten()
    {
        if (right is null)
        {
            return (string)left;
        }
        Realm.Current.Charge(Length * 2L);
        Realm.Current.Tick(Length / 64);
        var text = string.Create(Length, this, static (target, rope) => rope.CopyTo(target));
        left = text;
        right = null;
        return text;
    }

    /// <summary>Fills from the end, because ropes grow to the right: the stack stays short.</summary>
    private void CopyTo(Span<char> target)
    {
        var pending = new Stack<object>();
        pending.Push(this);
        var end = target.Length;
        while (pending.TryPop(out var part))
        {
            if (part is Rope { right: { } second } rope)
            {
                pending.Push(rope.left);
                pending.Push(second);
                continue;
            }
            var text = Flat(part);
            end -= text.Length;
            text.CopyTo(target[end..]);
        }
    }

    private static JsValue From(object text) => text is string s ? s : (Rope)text;

    private static int LengthOf(object text) => text is string s ? s.Length : ((Rope)text).Length;

    private static string Flat(object text) => text is string s ? s : ((Rope)text).Flatten();
}
