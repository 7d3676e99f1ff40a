using Toil.Cli;
using Toil.Cli.Commands;

// These two start too often, or pass too much on, to go through the general parser.
return args switch
{
    ["run", .. var rest] => CommandErrors.Guard(() => RunCommand.Invoke(rest)),
    ["worker"] or ["worker", "--store", ..] => await WorkerCommand.InvokeAsync(args),
    _ => await ToilCommand.InvokeAsync(args),
};
