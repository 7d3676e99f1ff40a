using Toil.Tests.Containers;

[assembly: AssemblyFixture(typeof(ContainerHosts))]

namespace Toil.Conformance.Tests;

/// <summary>
/// The conformance suites, through the real command line. With <c>TOIL_CONFORMANCE=id,id</c> only these tests run.
/// </summary>
public sealed class ConformanceTests(ContainerHosts engines)
{
    private static readonly SuiteRun Version10 = new(ConformanceSuite.Load("v1.0/conformance_test_v1.0.yaml"), engines => engines.DockerAsync());
    private static readonly SuiteRun Version11 = new(ConformanceSuite.Load("v1.1/conformance_tests.yaml"), engines => engines.DockerAsync());
    private static readonly SuiteRun Version12 = new(ConformanceSuite.Load("v1.2/conformance_tests.yaml"), engines => engines.DockerAsync());
    private static readonly SuiteRun Podman = new(ConformanceSuite.Load("v1.2/conformance_tests.yaml"), engines => engines.PodmanAsync());

    public static TheoryData<string> Cases10 => Ids(Version10);

    public static TheoryData<string> Cases11 => Ids(Version11);

    public static TheoryData<string> Cases12 => Ids(Version12);

    public static TheoryData<string> CasesOfPodman => Ids(Podman);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases10))]
    public Task V10(string id) => CheckAsync(Version10, id);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases11))]
    public Task V11(string id) => CheckAsync(Version11, id);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases12))]
    public Task V12(string id) => CheckAsync(Version12, id);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(CasesOfPodman))]
    public Task V12OnPodman(string id) => CheckAsync(Podman, id);

    private static TheoryData<string> Ids(SuiteRun suite) => [.. suite.Cases.Select(one => one.Id)];

    private async Task CheckAsync(SuiteRun suite, string id)
    {
        var outcome = await suite.OutcomeOf(id, engines);
        Assert.SkipWhen(outcome.Skipped is not null, outcome.Skipped ?? "");
        if (outcome.Problem is not null)
        {
            Assert.Fail(outcome.Problem);
        }
    }
}
