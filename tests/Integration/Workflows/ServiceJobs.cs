using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Toil.Integration.Workflows;

/// <summary>A server for squares on loopback, and jobs that use it.</summary>
internal static class ServiceJobs
{
    /// <summary>A root whose children ask the service, and a follow-on that adds up what they were told.</summary>
    public static Job Build(Plan plan, int users, bool failing)
    {
        var root = Job.Of(GraphJobs.Square, plan, 0);
        var service = root.AddService(Job.Of(new SquareServer { Plan = plan, Fails = failing }).With(cores: 0.1));
        var answers = Enumerable.Range(1, users).Select(number => root.AddChild(Job.Of(Ask, plan, service, number).With(cores: 0.1))).ToList();
        root.AddFollowOn(Job.Of(GraphJobs.Sum, plan, answers));
        return root;
    }

    public static long Ask(JobContext job, Plan plan, int port, int number)
    {
        plan.Begin(job);
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        using var reader = new StreamReader(client.GetStream());
        using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        writer.WriteLine(number);
        return long.Parse(reader.ReadLine() ?? "", CultureInfo.InvariantCulture);
    }
}

/// <summary>Answers each number with its square.</summary>
internal sealed class SquareServer : IService
{
    private Action? _close;

    public Plan Plan { get; set; } = new("", 0, "");

    /// <summary>Whether it fails once the gate is open.</summary>
    public bool Fails { get; set; }

    public Task<object?> StartAsync(JobContext job)
    {
        Plan.Begin(job);
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _close = listener.Stop;
        _ = ServeAsync(listener);
        return Task.FromResult<object?>(((IPEndPoint)listener.LocalEndpoint).Port);
    }

    public Task<bool> CheckAsync(JobContext job) =>
        Fails && Plan.IsOpen ? throw new InvalidOperationException("The server ran out of numbers.") : Task.FromResult(true);

    public Task StopAsync(JobContext job)
    {
        RunLog.Add(Plan.Runs, "stopped");
        _close!();
        return Task.CompletedTask;
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            var number = long.Parse(await reader.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
            await writer.WriteLineAsync((number * number).ToString(CultureInfo.InvariantCulture));
        }
    }
}
