$context = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'Toil.PowerShell.Loader.dll')).GetType('Toil.Loader.ToilLoadContext')
$cmdlets = $context::LoadCmdlets()

# The second import of the same assembly gives an empty inner module: its cmdlets are then handed over one by one.
$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
$export = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    [void] $export.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}
