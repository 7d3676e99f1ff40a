# Runs script jobs in this process, as a worker does, without leader, agent or store.
Import-Module "$PSScriptRoot/../../Toil.psd1" -Force
$script:Core = [Toil.Job].Assembly
$script:Cmdlets = (Get-Command New-ToilJob -ErrorAction Ignore).ImplementingType.Assembly
if (-not $script:Cmdlets) { $script:Cmdlets = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'Toil.PowerShell' })[0] }

function New-Instance([System.Reflection.Assembly] $Assembly, [string] $Type, [object[]] $Arguments) {
    [Activator]::CreateInstance($Assembly.GetType($Type), [System.Reflection.BindingFlags]'Instance,Public,NonPublic', $null, $Arguments, $null)
}
