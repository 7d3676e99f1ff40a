namespace Toil.JavaScript.Interpretation;

/// <summary>A value that a script or a built-in threw, on its way to a catch.</summary>
internal sealed class JsThrow(JsValue value) : Exception
{
    public JsValue Value { get; } = value;

    /// <summary>Where it was thrown; a later position of the same throw doesn't replace it.</summary>
    public (Program? Program, int Position) Where { get; } = Realm.Current.Where();
}
