@{
    RootModule           = 'module/Toil.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6c0f7a52-4a0e-4a7b-9d0c-3f7f5b7f2e61'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.6'
    Author               = 'Toil for PowerShell and .NET'
    CompanyName          = 'Toil for PowerShell and .NET'
    Copyright            = '(c) Toil for PowerShell and .NET'
    Description          = 'Scalable, resumable workflows of scriptblocks, C# classes and commands.'
    FormatsToProcess     = @('module/Toil.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Add-ToilChild'
        'Add-ToilFollowOn'
        'Add-ToilService'
        'Clear-ToilCache'
        'Debug-ToilJob'
        'Export-ToilFile'
        'Get-ToilJob'
        'Get-ToilJobStoreItem'
        'Get-ToilLog'
        'Get-ToilPromise'
        'Get-ToilWorkflow'
        'Group-ToilJob'
        'Import-ToilFile'
        'Invoke-ToilContainer'
        'Invoke-ToilCwl'
        'Invoke-ToilRetry'
        'Join-ToilJob'
        'Measure-ToilWorkflow'
        'New-ToilCwlJob'
        'New-ToilJob'
        'New-ToilPromisedRequirement'
        'New-ToilService'
        'New-ToilTempDirectory'
        'New-ToilTempFile'
        'Read-ToilFile'
        'Register-ToilDeferredAction'
        'Remove-ToilFile'
        'Remove-ToilJobStore'
        'Resume-ToilWorkflow'
        'Save-ToilJobStoreItem'
        'Show-ToilGraph'
        'Start-ToilWorkflow'
        'Stop-ToilWorkflow'
        'Test-ToilCwl'
        'Write-ToilFile'
        'Write-ToilLog'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('workflow', 'pipeline', 'hpc', 'toil', 'cwl', 'wdl')
        }
    }
}
