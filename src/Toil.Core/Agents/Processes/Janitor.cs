using System.Globalization;
using System.IO.Pipes;
using System.Text;

namespace Toil.Agents;

/// <summary>
/// A tiny shell that outlives the agent: it reads which sessions the agent has started, and when the agent is gone,
/// however it went, kills those that are left. It removes nothing.
/// </summary>
internal sealed class Janitor : IAsyncDisposable
{
    // Only digits ever reach the list. Without /proc (macOS) the process groups are all it can find.
    private const string Script = """
        trap '' HUP INT TERM
        sessions=' '
        while read -r message; do
            id=${message#?}
            case $message in
            +*) sessions="$sessions$id " ;;
            -*) case $sessions in *" $id "*) sessions="${sessions%% $id *} ${sessions#* $id }" ;; esac ;;
            esac
        done
        for id in $sessions; do kill -9 -- "-$id"; done
        for pass in 1 2; do
            for file in /proc/[0-9]*/stat; do
                [ "$sessions" = ' ' ] && exit
                read -r line < "$file" || continue
                set -- ${line##*) }
                [ -n "$4" ] || continue
                case $sessions in *" $4 "*) id=${file#/proc/}; kill -9 "${id%/stat}" ;; esac
            done
        done
        """;

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out, HandleInheritability.None);
    private readonly ChildProcess _shell;
    private readonly Lock _gate = new();

    public Janitor()
    {
        _shell = ChildReaper.Start(new ChildStart("/bin/sh", ["-c", Script])
        {
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            Input = (int)_pipe.ClientSafePipeHandle.DangerousGetHandle(),
        });
        _pipe.DisposeLocalCopyOfClientHandle();
    }

    public void Add(int session) => Tell('+', session);

    public void Remove(int session) => Tell('-', session);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _pipe.Dispose();
        }

        await _shell.Exit.ConfigureAwait(false);
    }

    private void Tell(char sign, int session)
    {
        var message = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sign}{session}\n"));
        lock (_gate)
        {
            try
            {
                _pipe.Write(message);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // Someone ended the shell, or the agent is closing. The next agent's sweep finds what is left.
            }
        }
    }
}
