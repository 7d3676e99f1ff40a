using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Toil.BatchSystems;

namespace Toil.Agents;

/// <summary>
/// A tiny shell that outlives the agent: it reads which sessions the agent has started, and when the agent is gone,
/// however it went, kills those that are left, and runs the commands that undo what they have left. It removes no files.
/// </summary>
internal sealed class Janitor : IAsyncDisposable
{
    // Only digits ever reach the list. Without /proc (macOS) the process groups are all it can find.
    private const string Script = """
        trap '' HUP INT TERM
        sessions=' '
        while read -r message; do
            id=${message#?}
            id=${id%% *}
            case $message in
            +*)
                sessions="$sessions$id "
                case $message in *' '*) eval "undo_$id=\${message#* }" ;; esac ;;
            -*)
                unset "undo_$id"
                case $sessions in *" $id "*) sessions="${sessions%% $id *} ${sessions#* $id }" ;; esac ;;
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
        for id in $sessions; do eval "eval \"\${undo_$id-}\""; done
        """;

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out, HandleInheritability.None);
    private readonly ChildProcess _shell;
    private readonly Lock _gate = new();

    public Janitor()
    {
        _shell = ChildReaper.Start(new ChildStart("/bin/sh", ["-c", Script])
        {
            Environment = Variables(),
            Input = (int)_pipe.ClientSafePipeHandle.DangerousGetHandle(),
        });
        _pipe.DisposeLocalCopyOfClientHandle();
    }

    /// <param name="session">A session that was started.</param>
    /// <param name="undo">See <see cref="ChildStart.Undo"/>.</param>
    public void Add(int session, IReadOnlyList<string>? undo = null) => Tell('+', session, undo is null ? "" : $" {string.Join(' ', undo.Select(ShellWord.Quote))}");

    public void Remove(int session) => Tell('-', session, "");

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _pipe.Dispose();
        }

        await _shell.Exit.ConfigureAwait(false);
    }

    /// <summary>The agent's own, for the commands that undo; but what an agent starts for jobs is ended with it, and the janitor outlives it.</summary>
    private static Dictionary<string, string> Variables()
    {
        var variables = Spawner.InheritedEnvironment();
        variables.Remove(AgentIdentity.Variable);
        return variables;
    }

    private void Tell(char sign, int session, string undo)
    {
        var message = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sign}{session}{undo}\n"));
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
