<#
.SYNOPSIS
Brings files in, counts their lines in parallel, and takes a table out.
.DESCRIPTION
Import-ToilFile says which files the workflow needs; Start-ToilWorkflow brings them into the job store before the
first job runs. Behind it in the pipeline, Export-ToilFile takes the result out before the job store is removed.
.PARAMETER Path
The files; wildcards are allowed.
.PARAMETER OutputFile
The table.
.PARAMETER JobStore
Where the workflow's state and files are kept until it has succeeded.
.EXAMPLE
./Staging.ps1 -Path *.txt -OutputFile counts.csv
.EXAMPLE
toil run Staging.ps1 --jobStore ./store -- --path '*.txt'
#>

#Requires -Version 7.6
[CmdletBinding()]
param(
    [string[]] $Path = "$PSScriptRoot/*.ps1",
    [string] $OutputFile = './line-counts.csv',
    [string] $JobStore = './store'
)

# A file that isn't there ends the script, rather than be left out of the table.
$ErrorActionPreference = 'Stop'
if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB }

Import-ToilFile $Path |
    New-ToilJob -Name count @size {
        param($File)
        [pscustomobject]@{ Name = $File.Name; Lines = @(Get-Content (Read-ToilFile $File)).Count }
    } |
    Join-ToilJob -Name table @size {
        param($Counts)
        $Counts | Sort-Object Name | Export-Csv counts.csv
        Write-ToilFile counts.csv
    } |
    Start-ToilWorkflow -JobStore $JobStore |
    Export-ToilFile -Destination $OutputFile -PassThru
