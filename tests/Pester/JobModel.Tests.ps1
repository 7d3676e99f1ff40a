BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $runs = @{ DefaultMemory = 100MB; DefaultDisk = 10MB; InformationAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue'; DisableProgress = $true; DefaultCores = 0.5; ServicePollingInterval = 0.2 }
}

Describe 'Promised requirements' {
    BeforeEach { $store = Join-Path $TestDrive ([guid]::NewGuid()) }

    It 'are a promise of memory, of cores or of disk' {
        $size = New-ToilJob { 123MB }
        $job = New-ToilJob -Memory $size -Cores ($size | New-ToilPromisedRequirement { param($Bytes) $Bytes / 123MB }) -Disk (New-ToilJob { '11Mi' } | Get-ToilPromise) {
            $ToilJob.Requirements.Memory.Bytes, $ToilJob.Requirements.Cores, $ToilJob.Requirements.Disk.Bytes
        }
        $job | Start-ToilWorkflow $store @runs | Should -Be @(123MB, 1, 11MB)
    }
    It 'are computed of several promises' {
        $sizes = 10MB, 20MB | New-ToilJob { param($N) $N }
        $need = $sizes | New-ToilPromisedRequirement -ArgumentList 2 { param($A, $B, $Factor) ($A + $B) * $Factor }
        $need | Should -BeOfType Toil.PromisedRequirement
        New-ToilJob -Memory $need { $ToilJob.Requirements.Memory.Bytes } | Start-ToilWorkflow $store @runs | Should -Be 60MB
    }
    It 'work in jobs that jobs make' {
        New-ToilJob { $size = New-ToilJob { 33MB }; $null = Add-ToilChild -InputObject $size; New-ToilJob -Memory $size { $ToilJob.Requirements.Memory.Bytes } | Add-ToilFollowOn } |
            Start-ToilWorkflow $store @runs | Should -Be 33MB
    }
    It 'fail their job when they aren''t what its part takes' {
        $failure = { New-ToilJob -Name asks -Memory (New-ToilJob { 'much' }) { } | Start-ToilWorkflow $store @runs } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike '*asks*promised memory*much*'
    }
    It 'are refused where the value is already wrong' {
        { New-ToilJob -Cores none { } } | Should -Throw '*number of cores*'
        { New-ToilJob -Memory many { } } | Should -Throw '*not a size*'
    }
}

Describe 'Checkpoints, unit names and groups' {
    BeforeEach { $store = Join-Path $TestDrive ([guid]::NewGuid()) }

    It 'runs a checkpoint again, with its successors, when one of them fails for good' {
        $count = Join-Path $TestDrive ([guid]::NewGuid())
        $job = New-ToilJob -Checkpoint -Name checkpoint {
            $count = $using:count
            Add-Content $count x
            New-ToilJob -Name fails { if ((Get-Content $using:count).Count -lt 2) { throw 'not yet' }; 'done' } | Add-ToilChild
        }
        $job.IsCheckpoint | Should -BeTrue
        $job | Start-ToilWorkflow $store -RetryCount 1 @runs | Should -Be 'done'
        (Get-Content $count).Count | Should -Be 2
    }
    It 'knows what a job works on' { (New-ToilJob -Name align -UnitName sample7 { }).UnitName | Should -Be 'sample7' }
    It 'puts what is added to a group behind all of it' {
        $log = Join-Path $TestDrive ([guid]::NewGuid())
        $first = New-ToilJob { Add-Content $using:log first; 'value' }
        New-ToilJob { Start-Sleep -Milliseconds 300; Add-Content $using:log child } | Add-ToilChild $first | Out-Null
        $group = $first | Group-ToilJob
        New-ToilJob { Add-Content $using:log after } | Add-ToilChild $group | Out-Null
        New-ToilJob -ArgumentList $group { param($Value) Add-Content $using:log "last $Value" } | Start-ToilWorkflow $store @runs
        Get-Content $log | Should -Be @('first', 'child', 'after', 'last value')
    }
    It 'makes no group of a service' { { New-ToilService { } | Group-ToilJob -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidGroup,Toil.Cmdlets.GroupToilJobCommand' }
    It 'joins nothing to nothing' { @() | Join-ToilJob { 'made of nothing' } | Should -BeNullOrEmpty }
}

Describe 'Services' {
    BeforeEach {
        $store = Join-Path $TestDrive ([guid]::NewGuid())
        $log = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'start before the successors, hand them their value, and stop after them' {
        $owner = New-ToilJob -Name owner { Add-Content $using:log owner }
        $service = New-ToilService -Name server -ArgumentList 'db' -Start { param($Name) $state = 'state'; Add-Content $using:log "start $Name"; "$Name-address" } -Check { $true } -Stop { Add-Content $using:log "stop $state" }
        $service.IsService | Should -BeTrue
        $service | Add-ToilService $owner | Should -Be $service
        $use = New-ToilJob -ArgumentList $service { param($Address) Add-Content $using:log "use $Address"; $Address } | Add-ToilChild $owner
        $use | Start-ToilWorkflow $store @runs | Should -Be 'db-address'
        Get-Content $log | Should -Be @('owner', 'start db', 'use db-address', 'stop state')
    }
    It 'can need other services' {
        $owner = New-ToilJob { }
        $below = New-ToilService -Cores 0.1 { Add-Content $using:log below; 7 } | Add-ToilService $owner
        $above = New-ToilService -Cores 0.1 -ArgumentList $below { param($Port) Add-Content $using:log "above $Port"; $Port + 1 } | Add-ToilService $below
        New-ToilJob -ArgumentList $above { param($Port) $Port } | Add-ToilChild $owner | Start-ToilWorkflow $store @runs | Should -Be 8
        Get-Content $log | Should -Be @('below', 'above 7')
    }
    It 'can be given values of jobs' {
        $port = New-ToilJob { 99 }
        $owner = New-ToilJob { }
        $service = New-ToilService -ArgumentList $port { param($Port) $Port } | Add-ToilService $owner
        New-ToilJob -ArgumentList $service { param($Port) $Port } | Add-ToilChild $owner | Start-ToilWorkflow $store @runs | Should -Be 99
    }
    It 'fail their users when they fail' {
        $owner = New-ToilJob { }
        $service = New-ToilService -Name bad -Start { 1 } -Check { throw 'the server is gone' } | Add-ToilService $owner
        $use = New-ToilJob -Name user -ArgumentList $service { Start-Sleep 2 } | Add-ToilChild $owner
        $failure = { $use | Start-ToilWorkflow $store -RetryCount 0 @runs } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike '*the server is gone*'
    }
    It 'can''t be added as jobs, nor jobs as services' {
        { New-ToilJob { } | Add-ToilService (New-ToilJob { }) -ErrorAction Stop } | Should -Throw "*isn't a service*"
        { New-ToilService { } | Add-ToilService -ErrorAction Stop } | Should -Throw -ErrorId 'NoParent,Toil.Cmdlets.AddToilServiceCommand'
    }
}
