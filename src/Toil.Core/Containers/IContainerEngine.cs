namespace Toil.Containers;

/// <summary>How one container engine is told to run something.</summary>
internal interface IContainerEngine
{
    /// <summary>The arguments that run a container and wait for it.</summary>
    /// <param name="name">The container's name, unique on this machine.</param>
    /// <param name="request">What to run, everything filled in.</param>
    /// <exception cref="ToilException">The engine can't do what is asked.</exception>
    IEnumerable<string> Run(string name, ContainerRequest request);

    /// <summary>The arguments that remove a container, also one that runs; null when it ends with the process that runs it.</summary>
    IReadOnlyList<string>? Remove(string name);
}
