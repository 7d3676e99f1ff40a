BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $runs = @{ DefaultMemory = 200MB; DefaultDisk = 10MB; InformationAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
}

Describe 'Start-ToilWorkflow' {
    BeforeEach { $store = Join-Path $TestDrive ([guid]::NewGuid()) }

    It 'writes a job''s value' { New-ToilJob { 'a' } | Start-ToilWorkflow $store @runs | Should -Be 'a' }
    It 'enumerates a list' { @(New-ToilJob { 1, 2 } | Start-ToilWorkflow $store @runs).Count | Should -Be 2 }
    It 'writes the values of several jobs in order' { 1..3 | New-ToilJob { param($N) $N } | Start-ToilWorkflow $store @runs | Should -Be @(1, 2, 3) }
    It 'joins' { 1..4 | New-ToilJob { param($N) $N * $N } | Join-ToilJob { param($All) $All -join ',' } | Start-ToilWorkflow $store @runs | Should -Be '1,4,9,16' }
    It 'hands on parts of values' {
        $job = New-ToilJob { [pscustomobject]@{ List = 1, 2, @{ Key = 'deep' } } }
        New-ToilJob -ArgumentList ($job | Get-ToilPromise -Path List, -1, Key) { param($Part) $Part } | Start-ToilWorkflow $store @runs | Should -Be 'deep'
    }
    It 'lets jobs make jobs' {
        New-ToilJob { 1..2 | New-ToilJob { param($N) $N } | Add-ToilChild | Join-ToilJob { param($All) ($All | Measure-Object -Sum).Sum } | Add-ToilFollowOn } |
            Start-ToilWorkflow $store @runs | Should -Be 3
    }
    It 'imports pending files first, and exports' {
        Set-Content $TestDrive/a.txt 'from a'
        Import-ToilFile $TestDrive/a.txt | New-ToilJob { param($File) Set-Content out.txt "$(Get-Content (Read-ToilFile $File)), copied"; Write-ToilFile out.txt } |
            Start-ToilWorkflow $store @runs | Export-ToilFile $TestDrive/b.txt
        Get-Content $TestDrive/b.txt | Should -Be 'from a, copied'
    }
    It 'starts in a store that files were imported into' {
        Set-Content $TestDrive/c.txt 'staged'
        $file = Import-ToilFile $TestDrive/c.txt -JobStore $store
        $file | Should -BeOfType Toil.FileId
        New-ToilJob -ArgumentList $file { param($File) Get-Content (Read-ToilFile $File) } | Start-ToilWorkflow $store @runs | Should -Be 'staged'
    }
    It 'removes the store at the end, unless told otherwise' {
        New-ToilJob { } | Start-ToilWorkflow $store @runs
        Test-Path $store | Should -BeFalse
        New-ToilJob { 1 } | Start-ToilWorkflow $store -Clean Never @runs
        Test-Path $store | Should -BeTrue
    }
    It 'keeps the store while its value names a file that nobody took' {
        $file = New-ToilJob { Set-Content x.txt 'kept'; Write-ToilFile x.txt } | Start-ToilWorkflow $store @runs
        $file | Export-ToilFile $TestDrive/kept.txt -JobStore $store
        Get-Content $TestDrive/kept.txt | Should -Be 'kept'
        New-ToilJob { Set-Content x.txt 'kept'; Write-ToilFile x.txt } | Start-ToilWorkflow "$store-2" @runs |
            Export-ToilFile $TestDrive -ErrorAction SilentlyContinue -WhatIf
        Test-Path "$store-2" | Should -BeTrue
    }
    It 'binds $_ to the first argument' { 1..2 | New-ToilJob { $_ * 10 } | Start-ToilWorkflow $store @runs | Should -Be @(10, 20) }
    It 'refuses a store that exists' {
        New-ToilJob { 1 } | Start-ToilWorkflow $store -Clean Never @runs
        { New-ToilJob { 1 } | Start-ToilWorkflow $store @runs } | Should -Throw -ErrorId 'JobStoreExists,Toil.Cmdlets.StartToilWorkflowCommand'
    }
    It 'needs jobs and a store' {
        { Start-ToilWorkflow $store } | Should -Throw -ErrorId 'NoJobs,Toil.Cmdlets.StartToilWorkflowCommand'
        { New-ToilJob { } | Start-ToilWorkflow } | Should -Throw -ErrorId 'NoJobStore,Toil.Cmdlets.StartToilWorkflowCommand'
    }
    It 'runs nothing with -WhatIf' {
        New-ToilJob { } | Start-ToilWorkflow $store -WhatIf 6>$null
        Test-Path $store | Should -BeFalse
    }
    It 'reports graph errors together, before anything runs' {
        $a = New-ToilJob { } -Name a; $b = Add-ToilChild $a { } -Name b; $null = $a | Add-ToilChild $b
        { $a | Start-ToilWorkflow $store @runs } | Should -Throw -ErrorId 'InvalidGraph,Toil.Cmdlets.StartToilWorkflowCommand'
    }
    It 'shows what jobs log' {
        $said = New-ToilJob { Write-ToilLog 'said'; 1 } -Name talker | Start-ToilWorkflow $store -DefaultMemory 200MB 6>&1
        "$said" | Should -Match 'talker: said'
    }
}

Describe 'A failed workflow' {
    BeforeAll {
        $store = Join-Path $TestDrive failed
        $flag = Join-Path $TestDrive flag
        $counter = Join-Path $TestDrive counter
        $first = New-ToilJob -Name first { Add-Content $using:counter x; 'first' }
        $second = New-ToilJob -Name second -ArgumentList $first { param($F) Write-Host 'looking'; "$F, $(Get-Content $using:flag)" }
        try { $second | Start-ToilWorkflow $store -RetryCount 0 @runs } catch { $failure = $_ }
    }
    It 'ends with one error that names the job and keeps its category' {
        $failure.FullyQualifiedErrorId | Should -Be 'JobsFailed,Toil.Cmdlets.StartToilWorkflowCommand'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.Exception.Jobs.Name | Should -Be 'second'
        $failure.Exception.Jobs[0].Error.Type | Should -BeLike 'PathNotFound*'
    }
    It 'can be looked at' {
        (Get-ToilWorkflow $store).Done | Should -Be 1
        (Get-ToilJob $store).Name | Sort-Object | Should -Be @('first', 'second')
        (Get-ToilJob $store -Failed).Name | Should -Be 'second'
        (Get-ToilJob $store -Name f*).Status | Should -Be 'Done'
        $log = Get-ToilLog $store
        $log.Text | Should -Match 'looking'
        $log.Error.Position | Should -Match 'Workflow.Tests.ps1:\d+'
    }
    It 'goes on where it stopped' {
        Set-Content $flag 'mended'
        Resume-ToilWorkflow $store -Clean Never @runs | Should -Be 'first, mended'
        @(Get-Content $counter).Count | Should -Be 1
    }
    It 'runs nothing when it is complete, and returns its value again' {
        Resume-ToilWorkflow $store -Clean Never @runs | Should -Be 'first, mended'
        @(Get-Content $counter).Count | Should -Be 1
    }
    It 'can be removed' {
        Remove-ToilJobStore $store -Confirm:$false
        Test-Path $store | Should -BeFalse
        { Resume-ToilWorkflow $store @runs } | Should -Throw -ErrorId 'NoSuchJobStore,Toil.Cmdlets.ResumeToilWorkflowCommand'
    }
}

Describe 'Edit and resume' {
    BeforeAll {
        $script = Join-Path $TestDrive edited.ps1
        $store = Join-Path $TestDrive edited
        $text = @'
function Get-Word { 'old word' }
$captured = 'captured'
$a = New-ToilJob -Name a { 'a' }
New-ToilJob -Name b -ArgumentList $a { param($A) throw 'bug' }
'@
        Set-Content $script $text
        try { & $script | Start-ToilWorkflow $store -RetryCount 0 @runs } catch { $failure = $_ }
    }
    It 'runs the present text of unfinished jobs' {
        $failure.Exception.Jobs.Name | Should -Be 'b'
        Set-Content $script (@('# a comment', '$other = { 1 }') + $text.Replace("throw 'bug'", '"$A fixed with $(Get-Word)"').Replace('old word', 'new word'))
        Resume-ToilWorkflow $store -Clean Never @runs | Should -Be 'a fixed with new word'
    }
    It 'ignores the jobs that a script makes with -Restart' {
        & $script | Start-ToilWorkflow $store -Restart @runs | Should -Be 'a fixed with new word'
    }
}

Describe 'Cancellation' {
    It 'ends in order, and the workflow can be resumed' {
        $store = Join-Path $TestDrive cancelled
        $flag = Join-Path $TestDrive go
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($Module, $Store, $Flag)
                Import-Module $Module
                New-ToilJob -ArgumentList $Flag { param($Flag) if (Test-Path $Flag) { 'done' } else { Set-Content "$Flag.started" 1; Start-Sleep 60 } } | Start-ToilWorkflow $Store -DefaultMemory 200MB
            }).AddArgument((Get-Module Toil).Path).AddArgument($store).AddArgument($flag)
        $running = $shell.BeginInvoke()
        while (-not (Test-Path "$flag.started") -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 50 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
        Set-Content $flag 1
        Resume-ToilWorkflow $store @runs | Should -Be 'done'
    }
    It 'comes from another process by Stop-ToilWorkflow' {
        $store = Join-Path $TestDrive stopped
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($Module, $Store)
                Import-Module $Module
                try { New-ToilJob { Start-Sleep 60 } | Start-ToilWorkflow $Store -DefaultMemory 200MB } catch { $_.FullyQualifiedErrorId }
            }).AddArgument((Get-Module Toil).Path).AddArgument($store)
        $running = $shell.BeginInvoke()
        while (-not (Get-ToilWorkflow $store -ErrorAction Ignore) -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 50 }
        Stop-ToilWorkflow $store -Confirm:$false
        $shell.EndInvoke($running) | Should -Be 'WorkflowStopped,Toil.Cmdlets.StartToilWorkflowCommand'
    }
}
