<#
.SYNOPSIS
CWL tools and workflows as jobs among scriptblocks.
.DESCRIPTION
New-ToilCwlJob makes a job of a CWL document. Its steps become jobs of this workflow, without a runner of their own. Here
a script makes three files, a CWL workflow counts the lines of all of them, and a script reports the outputs.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Cwl.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$texts = 1..3 | New-ToilJob -Name write @size {
    param($N)
    Set-Content "text$N.txt" (1..$N)
    Write-ToilFile "text$N.txt"
}

# Jobs stand for their values, and a file of the job store for a File.
$counts = New-ToilCwlJob "$PSScriptRoot/../cwl/line-counts.cwl" @{ texts = $texts; longest = $true }

Join-ToilJob -InputObject $counts -Name report @size { param($Outputs) "$($Outputs.total) lines, most in $($Outputs.winner)" } | Start-ToilWorkflow $JobStore
