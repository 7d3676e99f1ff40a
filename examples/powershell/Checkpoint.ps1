<#
.SYNOPSIS
A job that runs again, with all that it leads to, when one of its successors fails for good.
.DESCRIPTION
Some failures can't be mended where they show: the input that an earlier job made is bad. A checkpoint is such an earlier
job. When a successor of it has failed as often as it may, what follows it is removed and the checkpoint runs anew.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Checkpoint.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

# What the second run of the checkpoint finds changed; a real one would fetch its input again.
$marker = [IO.Path]::GetTempFileName()

New-ToilJob -Name fetch -Checkpoint @size -ArgumentList $marker {
    param($Marker)
    Add-Content $Marker "fetched"
    $runs = @(Get-Content $Marker).Count
    New-ToilJob -Name parse -Memory 200MB -Disk 20MB -Cores 0.5 -ArgumentList $runs {
        param($Run)
        if ($Run -lt 2) { throw "the input is bad" }
        "parsed what run $Run has fetched"
    } | Add-ToilChild
} | Start-ToilWorkflow -JobStore $JobStore -RetryCount 1 -WarningAction SilentlyContinue

Remove-Item $marker
