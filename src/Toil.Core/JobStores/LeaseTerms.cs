namespace Toil.JobStores;

/// <summary>How long a lease lasts and how often it is looked after.</summary>
/// <param name="Duration">How long it is valid after a renewal, and so how long a taker waits for a holder that may be alive.</param>
/// <param name="RenewEvery">The time between renewals.</param>
/// <param name="PollEvery">How often a waiting taker looks.</param>
internal sealed record LeaseTerms(TimeSpan Duration, TimeSpan RenewEvery, TimeSpan PollEvery)
{
    public static readonly LeaseTerms Default = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1));

    /// <summary>The holder stops a little before the taker begins, since clocks don't run alike.</summary>
    public TimeSpan HeldFor => Duration * 0.9;
}
