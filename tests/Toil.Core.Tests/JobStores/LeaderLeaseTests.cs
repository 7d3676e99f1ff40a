using Toil.JobStores;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.JobStores;

public sealed class LeaderLeaseTests : IDisposable
{
    private static readonly LeaseTerms Terms = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1));

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTime _time = new();
    private readonly UnwatchedBlobs _blobs;

    public LeaderLeaseTests() => _blobs = new UnwatchedBlobs(new FileBlobStore(_directory.Path, _time));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Take_NobodyLeads_IsValidForTheTimeLessAMargin()
    {
        await using var lease = await TakeAsync(Host("a"));

        Assert.True(lease.IsValid);
        Assert.Equal(1, lease.Holder.Epoch);
        _time.Advance(TimeSpan.FromSeconds(26.9));
        Assert.True(lease.IsValid);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(lease.IsValid);
    }

    [Fact]
    public async Task TryKeep_RunOutAndNobodyHasTakenIt_IsValidAgain()
    {
        await using var lease = await TakeAsync(Host("a"));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(lease.TryKeep());

        Assert.True(lease.IsValid);
    }

    [Fact]
    public async Task TryKeep_RunOutAndTakenByAnother_IsLost()
    {
        await using var lease = await TakeAsync(Host("a"));
        _time.Advance(TimeSpan.FromHours(1));
        await TakeAsync(Host("a") with { StartOf = StartedAt(99) });

        Assert.False(lease.TryKeep());
        Assert.False(lease.TryKeep());
    }

    [Fact]
    public async Task Take_HolderLivesOnThisHost_NamesItAtOnce()
    {
        await using var lease = await TakeAsync(Host("a"));

        var failure = await Assert.ThrowsAsync<LeaderRunningException>(() => TakeAsync(Host("a")));

        Assert.Contains($"process {Environment.ProcessId} on a", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("a", Environment.ProcessId), (failure.Host, failure.ProcessId));
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(0));
    }

    [Fact]
    public async Task Take_HolderProvenDead_DoesntWait()
    {
        await TakeAsync(Host("a"));

        var taken = await TakeAsync(Host("a") with { StartOf = StartedAt(99) });

        Assert.Equal(2, taken.Holder.Epoch);
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(0));
    }

    [Theory]
    [InlineData("other host")]
    [InlineData("other boot")]
    [InlineData("other namespace")]
    public async Task Take_HolderCantBeSeenFromHere_WaitsTheLeaseOut(string what)
    {
        await TakeAsync(Host("a"));
        var here = Host("a") with { StartOf = _ => null };
        here = what switch
        {
            "other host" => here with { Host = "b" },
            "other boot" => here with { BootId = "later" },
            _ => here with { ProcessNamespace = "container" },
        };

        var lease = await _time.PassUntilAsync(TakeAsync(here), TimeSpan.FromSeconds(1));

        Assert.True(_time.GetElapsedTime(0) >= Terms.Duration);
        Assert.Equal(2, lease.Holder.Epoch);
        Assert.True(lease.IsValid);
    }

    [Fact]
    public async Task Take_HolderElsewhereRenewsMeanwhile_NamesIt()
    {
        var holder = await TakeAsync(Host("a"));
        var taking = TakeAsync(Host("b"));
        var renewed = await holder.RenewAsync(Cancel);
        Assert.True(renewed);

        var failure = await Assert.ThrowsAsync<LeaderRunningException>(() => RetakeUntilSeen(taking, holder));

        Assert.Equal("a", failure.Host);
        Assert.True(holder.IsValid);
    }

    [Fact]
    public async Task Take_AfterRelease_DoesntWait()
    {
        await (await TakeAsync(Host("a"))).DisposeAsync();

        await using var lease = await TakeAsync(Host("b"));

        Assert.True(lease.IsValid);
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(0));
    }

    [Fact]
    public async Task Take_TwoRaceForADeadLeadersLease_OneWins()
    {
        await (await TakeAsync(Host("a"))).DisposeAsync();
        var takers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await TakeAsync(Host("b"));
                return true;
            }
            catch (LeaderRunningException)
            {
                return false;
            }
        })));

        Assert.Single(takers, true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Take_ListingMissesTheHolder_FindsItAllTheSame(int takeovers)
    {
        for (var before = 1; before < takeovers; before++)
        {
            await (await TakeAsync(Host("a"))).DisposeAsync();
        }

        await using var holder = await TakeAsync(Host("a"));
        _blobs.EmptyListings = 1;

        await Assert.ThrowsAsync<LeaderRunningException>(() => TakeAsync(Host("a")));

        Assert.Equal(takeovers, holder.Holder.Epoch);
        Assert.True(await holder.RenewAsync(Cancel));
    }

    [Fact]
    public async Task Renew_KeepsItValid_AndItsEpoch()
    {
        await using var lease = await TakeAsync(Host("a"));
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            Assert.True(await lease.RenewAsync(Cancel));
            Assert.True(lease.IsValid);
        }

        Assert.Equal(1, lease.Holder.Epoch);
    }

    [Fact]
    public async Task Renew_AfterAnotherHasTakenIt_IsLostForGood()
    {
        var old = await TakeAsync(Host("a"));
        await using var taker = await _time.PassUntilAsync(TakeAsync(Host("b")), TimeSpan.FromSeconds(1));

        Assert.False(old.IsValid);
        Assert.False(await old.RenewAsync(Cancel));
        Assert.True(old.Lost.IsCancellationRequested);
        Assert.False(await old.RenewAsync(Cancel));
        Assert.False(old.IsValid);
        Assert.True(taker.IsValid);
    }

    [Fact]
    public async Task Renew_TooLate_CompetesForTheNextEpoch()
    {
        await using var lease = await TakeAsync(Host("a"));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(await lease.RenewAsync(Cancel));
        Assert.True(lease.IsValid);
        Assert.Equal(2, lease.Holder.Epoch);
    }

    [Fact]
    public async Task Renew_WhosePutTookTooLong_IsntTrusted()
    {
        await using var lease = await TakeAsync(Host("a"));
        _time.Advance(TimeSpan.FromSeconds(20));
        _blobs.BeforePut = key => _time.Advance(TimeSpan.FromSeconds(key.EndsWith('1') ? 20 : 0));

        Assert.True(await lease.RenewAsync(Cancel));

        Assert.Equal(2, lease.Holder.Epoch);
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.False(lease.IsValid, "validity counts from before the put, not from its end");
    }

    [Fact]
    public async Task IsValid_AfterTheMachineSlept_IsFalse()
    {
        await using var lease = await TakeAsync(Host("a"));
        _time.Sleep(TimeSpan.FromHours(1));

        Assert.False(lease.IsValid);
    }

    [Fact]
    public async Task StartRenewing_RenewsByItself_AndSurvivesFailures()
    {
        await using var lease = await TakeAsync(Host("a"));
        lease.StartRenewing();
        _blobs.BeforePut = _ => throw new ToilException("the network is gone");
        await PassAsync(() => lease.LastFailure is not null);
        _blobs.BeforePut = _ => { };
        await PassAsync(() => lease.LastFailure is null);

        Assert.True(await lease.RenewAsync(Cancel));
        Assert.True(lease.Holder.Renewals >= 2);
    }

    [Fact]
    public void Current_KnowsThisProcess()
    {
        var current = HostProcesses.Current;
        var holder = current.Introduce(1, Terms, FakeTime.Start);

        Assert.True(current.IsAlive(holder));
        Assert.False(current.IsAlive(holder with { ProcessStart = holder.ProcessStart + 1 }));
        Assert.False(current.IsAlive(holder with { ProcessId = int.MaxValue }));
        Assert.Null(current.IsAlive(holder with { BootId = "another" }));
        Assert.True(holder.ProcessStart > 0);
    }

    private static HostProcesses Host(string name) => new(name, "boot", "pid:[1]", StartedAt(1));

    private static Func<int, long?> StartedAt(long ticks) => pid => pid == Environment.ProcessId ? ticks : null;

    private Task<LeaderLease> TakeAsync(HostProcesses processes) => LeaderLease.TakeAsync(_blobs, Terms, processes, _time, Cancel);

    /// <summary>The taker may have looked first after the renewal; then the next one shows it.</summary>
    private async Task<LeaderLease> RetakeUntilSeen(Task<LeaderLease> taking, LeaderLease holder)
    {
        while (!taking.IsCompleted)
        {
            if (_time.WaitingTimers > 0)
            {
                await holder.RenewAsync(Cancel);
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }

        return await taking;
    }

    private async Task PassAsync(Func<bool> until)
    {
        while (!until())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }
}
