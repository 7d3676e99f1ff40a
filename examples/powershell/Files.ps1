<#
.SYNOPSIS
Global files: one job writes them, others read them, and they are deleted when nobody needs them any more.
.DESCRIPTION
A job's working directory is empty and vanishes with the job. What other jobs need is written to the job store
(Write-ToilFile), named by a FileId, and read from there (Read-ToilFile): as a local file, or as a stream that
takes no room on the job's disk. Files in the job store never change.
.PARAMETER JobStore
Where the workflow's state and files are kept until it has succeeded.
.EXAMPLE
./Files.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB }

$write = New-ToilJob -Name write @size {
    # A scratch file: its name is new, and it is gone when the job has ended.
    $scratch = New-ToilTempFile -Prefix quote -Suffix .txt
    Set-Content $scratch 'What a tangled web we weave'
    $copied = Write-ToilFile $scratch -Name quote.txt

    # Straight into the job store. -Cleanup deletes the file when this job and all that follow it are complete.
    $stream = Write-ToilFile -AsStream -Name candle.txt -Cleanup
    $writer = [IO.StreamWriter]::new($stream)
    $writer.Write('Out, out, brief candle')
    $writer.Dispose()

    [pscustomobject]@{ Copied = $copied; Streamed = $stream.FileId }
}

$read = New-ToilJob -Name read @size -ArgumentList $write {
    param($Files)

    # Read-only, and shared with other jobs on the node where that is possible.
    $local = Read-ToilFile $Files.Copied
    Get-Content $local

    # A private copy that may be changed, at a place of our choice.
    $directory = New-ToilTempDirectory
    $own = Read-ToilFile $Files.Copied (Join-Path $directory own.txt) -Mutable
    Add-Content $own 'when first we practise to deceive'
    (Get-Content $own).Count

    $reader = [IO.StreamReader]::new((Read-ToilFile $Files.Streamed -AsStream))
    try { $reader.ReadToEnd() } finally { $reader.Dispose() }

    # Carried out when this run is committed, so a run that fails and is repeated still finds the file.
    Remove-ToilFile $Files.Copied
}

$read | Start-ToilWorkflow -JobStore $JobStore
