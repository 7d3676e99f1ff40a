<#
.SYNOPSIS
The smallest workflow: one job, whose value is the workflow's value.
.PARAMETER Message
What the job is given.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Hello.ps1 -Message 'Good morning'
.EXAMPLE
toil run Hello.ps1 --jobStore ./store -- --message 'Good morning'
#>

#Requires -Version 7.6
[CmdletBinding()]
param(
    [string] $Message = 'Woot',
    [string] $JobStore = './store'
)

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

New-ToilJob -Name hello -Memory 200MB -Disk 20MB -ArgumentList $Message {
    param($Message)
    "Hello, world! Here's a message: $Message"
} | Start-ToilWorkflow -JobStore $JobStore
