# Makes this pwsh a worker: it runs jobs that its agent sends until the agent lets it go.
$loader = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'Toil.PowerShell.Loader.dll'))
exit $loader.GetType('Toil.Loader.ToilLoadContext')::RunWorker([string[]] $args)
