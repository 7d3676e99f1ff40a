using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// A scheduler's commands, which say what its documentation says that they do, and really run the jobs. The commands are one small script that
/// hands what it was called with to this server, over loopback; whoever started them, a test sees and steers it all from here.
/// </summary>
internal abstract class FakeScheduler : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("toil-fake-");
    private readonly Lock _gate = new();
    private readonly List<FakeCall> _calls = [];
    private readonly Dictionary<string, Queue<FakeFault>> _faults = [];
    private TcpListener? _listener;

    /// <param name="slots">How many cores its nodes have together.</param>
    /// <param name="unreachable">What its commands say while nobody answers; <c>%s</c> is the command.</param>
    /// <param name="code">Their exit code then.</param>
    /// <param name="programs">Its commands.</param>
    protected FakeScheduler(int slots, string unreachable, int code, params string[] programs)
    {
        Cluster = new FakeCluster(slots, _gate);
        File.WriteAllText(InDirectory("unreachable"), unreachable);
        System.IO.Directory.CreateDirectory(InDirectory("requests"));
        System.IO.Directory.CreateDirectory(InDirectory("bin"));
        foreach (var program in programs)
        {
            var path = Path.Combine(InDirectory("bin"), program);
            File.WriteAllText(path, Client(_directory.FullName, code));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Resume();
    }

    /// <summary>Where its commands are.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["PATH"] = $"{InDirectory("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
    };

    public FakeCluster Cluster { get; }

    /// <summary>Everything that its commands were called with.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public string NameOf(string program) => Path.Combine(InDirectory("bin"), program);

    /// <summary>Something goes wrong with the next calls of a kind, one after the other.</summary>
    public void Break(string kind, params FakeFault[] faults)
    {
        lock (_gate)
        {
            _faults.TryAdd(kind, []);
            faults.ToList().ForEach(_faults[kind].Enqueue);
        }
    }

    /// <summary>What a call is for: by its command, unless one command does all.</summary>
    public virtual string KindOf(FakeCall call) => call.Program;

    /// <summary>Its daemon goes away, and the jobs go on.</summary>
    public void Pause()
    {
        File.Delete(InDirectory("port"));
        _listener?.Dispose();
    }

    /// <summary>Its daemon comes back, and knows everything that it knew.</summary>
    public void Resume()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _ = ServeAsync(_listener);
        File.WriteAllText(InDirectory("new-port"), $"{((IPEndPoint)_listener.LocalEndpoint).Port}");
        File.Move(InDirectory("new-port"), InDirectory("port"), overwrite: true);
    }

    public void Dispose()
    {
        Pause();
        Cluster.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>A place of its own.</summary>
    protected string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Does what a command does. Nothing else happens meanwhile.</summary>
    /// <exception cref="FakeRefusal">It refuses that.</exception>
    protected abstract FakeAnswer Answer(FakeCall call);

    private async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Paused.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        if (await reader.ReadLineAsync() is { } request)
        {
            var directory = Path.Combine(InDirectory("requests"), request);
            var answer = Handle(FakeCall.Read(directory));
            await File.WriteAllTextAsync(Path.Combine(directory, "output"), answer.Output);
            await File.WriteAllTextAsync(Path.Combine(directory, "error"), answer.Error);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{answer.Code}\n"));
        }
    }

    private FakeAnswer Handle(FakeCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            var fault = _faults.GetValueOrDefault(KindOf(call)) is { Count: > 0 } queue ? queue.Dequeue() : null;
            var answer = fault is { Acts: false } ? new FakeAnswer() : TryAnswer(call);
            return fault?.Answer(answer) ?? answer;
        }
    }

    private FakeAnswer TryAnswer(FakeCall call)
    {
        try
        {
            return Answer(call);
        }
        catch (FakeRefusal refusal)
        {
            return refusal.Answer;
        }
        catch (Exception fault)
        {
            // The test fails by it, and its messages show why.
            return new FakeAnswer("", $"The fake failed at '{call}': {fault}\n", 70);
        }
    }

    private static string Client(string directory, int code) => $$"""
        #!/bin/bash
        # A command of a fake scheduler: hands what it was called with to its server, and does what that says.
        unreachable() {
            printf "$(< '{{directory}}/unreachable')\n" "${0##*/}" >&2
            exit {{code}}
        }
        request=$(mktemp -d '{{directory}}/requests/XXXXXXXX') || exit
        printf '%s\0' "${0##*/}" "$@" > "$request/arguments"
        printf '%s' "$PWD" > "$request/directory"
        env -0 > "$request/environment"
        cat > "$request/input"
        { port=$(< '{{directory}}/port') && exec 3<> "/dev/tcp/127.0.0.1/$port"; } 2> /dev/null || unreachable "$0"
        echo "${request##*/}" >&3
        read -r code <&3 || unreachable "$0"
        cat "$request/output"
        cat "$request/error" >&2
        rm -rf "$request"
        exit "$code"

        """;
}
