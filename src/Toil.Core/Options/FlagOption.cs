namespace Toil.Options;

/// <summary>An option that is on or off; its name alone turns it on.</summary>
internal sealed class FlagOption : ToilOption<bool>
{
    public FlagOption(string name, OptionGroup group, Func<ToilOptions, object?> get, Action<ToilOptions, bool> set, string help)
        : base(name, group, ValueSyntaxes.Flag, get, set, help) => ImpliedValue = "True";
}
