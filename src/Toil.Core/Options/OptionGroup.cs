namespace Toil.Options;

/// <summary>The headings of <c>--help</c>, in its order.</summary>
internal enum OptionGroup : byte
{
    Core = 0,
    Logging = 1,
    BatchSystem = 2,
    Resources = 3,
    Retries = 4,
    Services = 5,
    Storage = 6,
    LogManagement = 7,
    Miscellaneous = 8,
    Debug = 9,
}
