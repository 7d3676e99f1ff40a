#Requires -Version 7.6
# One job. Its value is the workflow's value.
param(
    [string] $Message = 'Woot',
    [string] $JobStore = './hello-store'
)

Import-Module "$PSScriptRoot/../../Toil.psd1"

New-ToilJob -Name hello -Memory 512MB -Disk 100MB -ArgumentList $Message {
    param($Message)
    "Hello, world! Here's a message: $Message"
} | Start-ToilWorkflow -JobStore $JobStore
