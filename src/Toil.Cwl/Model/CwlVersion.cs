namespace Toil.Cwl.Model;

/// <summary>The version whose rules a process follows: that of its own document.</summary>
internal enum CwlVersion
{
    V1_0,
    V1_1,
    V1_2,
}
