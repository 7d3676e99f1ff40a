namespace Toil.Agents;

/// <summary>What an agent tells a worker through environment variables.</summary>
/// <param name="Socket">The socket to connect to.</param>
/// <param name="Token">Proves that the worker is the one that the agent started; good for one connection.</param>
/// <param name="Store">The job store's locator.</param>
/// <param name="WorkDirectory">The workflow's directory on this node.</param>
/// <param name="Workflow">The workflow's id.</param>
/// <param name="RealTimeLogging">Whether to pass on what jobs send to the real-time log.</param>
/// <param name="Files">How to deal with files: see <see cref="Toil.Files.FileSettings"/>.</param>
internal sealed record WorkerEnvironment(
    string Socket, string Token, string Store, string WorkDirectory, string Workflow, bool RealTimeLogging, string Files)
{
    public const string SocketVariable = "TOIL_WORKER_SOCKET";
    private const string TokenVariable = "TOIL_WORKER_TOKEN";
    private const string StoreVariable = "TOIL_STORE";
    private const string WorkDirectoryVariable = "TOIL_WORK_DIR";
    private const string WorkflowVariable = "TOIL_WORKFLOW";
    private const string RealTimeVariable = "TOIL_WORKER_REAL_TIME";
    private const string FilesVariable = "TOIL_FILES";

    public static bool IsPresent => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SocketVariable));

    /// <summary>Reads the variables and removes them, so that user code and what it starts don't see them.</summary>
    public static WorkerEnvironment Take() => new(
        Take(SocketVariable),
        Take(TokenVariable),
        Take(StoreVariable),
        Take(WorkDirectoryVariable),
        Take(WorkflowVariable),
        bool.Parse(Take(RealTimeVariable)),
        Take(FilesVariable));

    public void AddTo(IDictionary<string, string> variables)
    {
        variables[SocketVariable] = Socket;
        variables[TokenVariable] = Token;
        variables[StoreVariable] = Store;
        variables[WorkDirectoryVariable] = WorkDirectory;
        variables[WorkflowVariable] = Workflow;
        variables[RealTimeVariable] = RealTimeLogging.ToString();
        variables[FilesVariable] = Files;
    }

    private static string Take(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable)
            ?? throw new ToilException($"The environment variable {variable} is missing. Only an agent starts workers.");
        Environment.SetEnvironmentVariable(variable, null);
        return value;
    }
}
