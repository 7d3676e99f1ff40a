using Toil.Cli;
using Toil.Cli.Commands;

// These start too often, or pass too much on, to go through the general parser.
return args switch
{
    ["run", .. var rest] => CommandErrors.Guard(() => RunCommand.Invoke(rest)),

    // A node's agent, whatever name the program has.
    ["worker", "--store", ..] => await WorkerCommand.InvokeAsync(args),
    ["cwl", .. var rest] => await CwlCommand.InvokeAsync(rest),
    _ when Path.GetFileName(Environment.ProcessPath) == "toil-cwl-runner" => await CwlCommand.InvokeAsync(args),
    ["worker"] => await WorkerCommand.InvokeAsync(args),
    _ => await ToilCommand.InvokeAsync(args),
};
