<#
.SYNOPSIS
A job whose memory and disk depend on values of other jobs.
.DESCRIPTION
What a job needs often depends on its input. A promise given for -Memory, -Disk or -Cores is filled in just before the
job starts; New-ToilPromisedRequirement computes a requirement of several promises.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./PromisedRequirements.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$inputs = 100MB, 200MB | New-ToilJob -Name measure @size { param($Bytes) $Bytes }

$disk = $inputs[1]
$memory = $inputs | New-ToilPromisedRequirement { param($First, $Second) 2 * ($First + $Second) }

New-ToilJob -Name work -Memory $memory -Disk $disk -Cores 0.5 {
    "$($ToilJob.Requirements.Memory) memory, $($ToilJob.Requirements.Disk) disk"
} | Start-ToilWorkflow -JobStore $JobStore
