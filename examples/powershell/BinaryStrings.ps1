<#
.SYNOPSIS
Jobs that make jobs: all binary strings of a length, put together through promises.
.DESCRIPTION
Each job adds two children, for the strings that go on with 0 and with 1, and a follow-on that joins their lists.
It returns the promise of the follow-on's value: the value itself isn't known before the children have run.
Depth 5 takes 94 jobs.
.PARAMETER Depth
The length of the strings.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./BinaryStrings.ps1 -Depth 3
.EXAMPLE
toil run BinaryStrings.ps1 --jobStore ./store -- --depth 3
#>

#Requires -Version 7.6
[CmdletBinding()]
param(
    [ValidateRange(0, 12)][int] $Depth = 5,
    [string] $JobStore = './store'
)

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

# The job's script calls this function too, so it travels with the job.
function New-BinaryStringJob([int] $Depth, [string] $Prefix = '') {
    New-ToilJob -Name "strings$Prefix" -Memory 200MB -Disk 20MB -ArgumentList $Depth, $Prefix {
        param($Depth, $Prefix)
        if ($Depth -eq 0) { return $Prefix }

        # Without a parent, Add-ToilChild and Add-ToilFollowOn add to the running job.
        $zeros = New-BinaryStringJob ($Depth - 1) "${Prefix}0" | Add-ToilChild
        $ones = New-BinaryStringJob ($Depth - 1) "${Prefix}1" | Add-ToilChild
        New-ToilJob -Name "join$Prefix" -Memory 200MB -Disk 20MB -ArgumentList $zeros, $ones { param($Zeros, $Ones) $Zeros; $Ones } | Add-ToilFollowOn
    }
}

New-BinaryStringJob $Depth | Start-ToilWorkflow -JobStore $JobStore
