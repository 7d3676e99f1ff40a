#Requires -Version 7.6
# Brings files in, counts their lines in parallel, and takes the table out.
param(
    [string[]] $Path = "$PSScriptRoot/*.ps1",
    [string] $OutputFile = './line-counts.csv',
    [string] $JobStore = './staging-store'
)

Import-Module "$PSScriptRoot/../../Toil.psd1"

Get-ChildItem $Path | Import-ToilFile |
    New-ToilJob -Name count { param($File) [pscustomobject]@{ Name = $File.Name; Lines = @(Get-Content (Read-ToilFile $File)).Count } } |
    Join-ToilJob -Name table {
        param($Counts)
        $Counts | Sort-Object Name | Export-Csv counts.csv
        Write-ToilFile counts.csv
    } |
    Start-ToilWorkflow -JobStore $JobStore |
    Export-ToilFile -Destination $OutputFile -PassThru
