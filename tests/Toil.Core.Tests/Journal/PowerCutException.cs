namespace Toil.Tests.Journal;

/// <summary>The power is gone.</summary>
internal sealed class PowerCutException() : IOException("the power is gone")
{
    public static void ThrowIf(bool isCut)
    {
        if (isCut)
        {
            throw new PowerCutException();
        }
    }
}
