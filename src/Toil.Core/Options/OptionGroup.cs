namespace Toil.Options;

/// <summary>The headings of <c>--help</c>, in its order.</summary>
internal enum OptionGroup : byte
{
    Core = 0,
    Logging = 1,
    BatchSystem = 2,
    Resources = 3,
    Storage = 4,
    LogManagement = 5,
    Miscellaneous = 6,
    Debug = 7,
}
