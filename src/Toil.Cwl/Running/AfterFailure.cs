namespace Toil.Cwl.Running;

/// <summary>What becomes of other steps once one has failed.</summary>
internal enum AfterFailure
{
    /// <summary>All start that don't need it.</summary>
    Continue,

    /// <summary>None starts any more; those that run go on to their ends.</summary>
    Stop,
}
