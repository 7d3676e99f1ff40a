using Toil.Cwl.Inputs;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Which type a value is of, where several are allowed.</summary>
internal static class ValueTypes
{
    /// <summary>The option of a union that a value belongs to, or the type itself.</summary>
    public static CwlType Choose(CwlType type, object? value) =>
        type is UnionType union && union.Options.FirstOrDefault(option => ValueChecker.Fits(option, value)) is { } chosen ? Choose(chosen, value) : type;
}
