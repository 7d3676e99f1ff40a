BeforeAll { . $PSScriptRoot/Runner.ps1 }

Describe 'New-ToilJob' {
    It 'takes sizes as <Text>' -ForEach @(
        @{ Text = '8GB'; Given = 8GB; Bytes = 8GB }
        @{ Text = "'8Gi'"; Given = '8Gi'; Bytes = 8GB }
        @{ Text = "'8G'"; Given = '8G'; Bytes = 8000000000 }
        @{ Text = '1.5GB'; Given = 1.5GB; Bytes = 1610612736 }
        @{ Text = 'ByteSize'; Given = [long] 5; Bytes = 5 }
    ) {
        (New-ToilJob { } -Memory $Given).Request.Memory.Bytes | Should -Be $Bytes
    }
    It 'refuses what is no size' { { New-ToilJob { } -Memory many } | Should -Throw '*not a size*' }
    It 'leaves open what isn''t said' {
        $request = (New-ToilJob { }).Request
        $request.Memory | Should -BeNullOrEmpty
        $request.Preemptible | Should -BeNullOrEmpty
        (New-ToilJob { } -Preemptible:$false).Request.Preemptible | Should -BeFalse
    }
    It 'makes one job for each input object' {
        $jobs = 1..3 | New-ToilJob -Name n { param($N) $N }
        $jobs.Count | Should -Be 3
        $runner = New-JobRunner
        $jobs | ForEach-Object { (Invoke-Job $runner $_).Value } | Should -Be @(1, 2, 3)
    }
    It 'makes none for no input' { @() | New-ToilJob { } | Should -BeNullOrEmpty }
    It 'shares code among jobs of one scriptblock' {
        $jobs = 1..2 | New-ToilJob { }
        (Get-Member_ $jobs[0] 'Code') | Should -Be (Get-Member_ $jobs[1] 'Code')
    }
    It 'names jobs by their place when they have no name' { (New-ToilJob { }).Name | Should -BeLike 'JobBuilding.Tests.ps1:*' }
}

Describe '$using:' {
    BeforeAll {
        $runner = New-JobRunner
        function Get-Value([Toil.Job] $Job) { $done = Invoke-Job $runner $Job; if ($done.Failure) { throw $done.Failure.Message }; $done.Value }
    }
    It 'captures by value when the job is made' {
        $x = 1
        $job = New-ToilJob { $using:x }
        $x = 2
        Get-Value $job | Should -Be 1
    }
    It 'captures members and elements' {
        $x = @{ A = @{ B = 5 } }; $list = 7, 8
        Get-Value (New-ToilJob { $using:x.A.B; $using:list[1] }) | Should -Be @(5, 8)
    }
    It 'reaches nested scriptblocks' { $x = 3; Get-Value (New-ToilJob { 1..2 | ForEach-Object { $_ * $using:x } }) | Should -Be @(3, 6) }
    It 'leaves those of nested jobs and parallel loops to the job' {
        Get-Value (New-ToilJob { $inner = 4; 1..2 | ForEach-Object -Parallel { $using:inner } }) | Should -Be @(4, 4)
    }
    It 'makes promises of jobs, and of parts of their values' {
        $producer = New-ToilJob { @{ A = 1 } }
        $holes = (Get-Member_ (New-ToilJob { $using:producer; $using:producer.A[0] }) 'Arguments').Holes
        $holes | ForEach-Object { "$_" } | Should -Be @("promise of $($producer.Name)", "promise of $($producer.Name).A[0]")
    }
    It 'fails for a variable that isn''t there, naming the place' { { New-ToilJob { $using:nosuch } } | Should -Throw '*JobBuilding.Tests.ps1:*$nosuch*' }
}

Describe 'A variable that won''t be there' {
    It 'is warned of' {
        $outer = 1
        $null = New-ToilJob { $outer + 1 } -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike "*JobBuilding.Tests.ps1:*:*`$using:outer*"
    }
    It 'is not imagined: <Name>' -ForEach @(
        @{ Name = 'assigned'; Job = { $v = 1; $v } }
        @{ Name = 'parameter'; Job = { param($v) $v } }
        @{ Name = 'loop'; Job = { foreach ($v in 1) { $v } } }
        @{ Name = 'tuple'; Job = { $v, $w = 1, 2; $v, $w } }
        @{ Name = 'out variable'; Job = { Get-Date -OutVariable v; $v } }
        @{ Name = 'pipeline variable'; Job = { 1 | ForEach-Object { $_ } -PipelineVariable v | ForEach-Object { $v } } }
        @{ Name = 'Set-Variable'; Job = { Set-Variable -Name v -Value 1; $v } }
        @{ Name = 'using'; Job = { $using:v } }
        @{ Name = 'dot-sourced'; Job = { . ./set.ps1; $v } }
        @{ Name = 'function parameter'; Job = { function F($v) { $v } F 1 } }
        @{ Name = 'automatic'; Job = { $_; $PSItem; $true; $args; $input; $ToilJob; $env:PATH; $PSScriptRoot; $Matches } }
        @{ Name = 'nested job'; Job = { New-ToilJob { $v } } }
    ) {
        $v = $w = 1
        $null = New-ToilJob $Job -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'What a job calls travels with it' {
    BeforeAll { $runner = New-JobRunner }
    It 'functions, and those that they call' {
        function Get-Outer { "outer $(Get-Inner)" }
        function Get-Inner { 'inner' }
        (Invoke-Job $runner (New-ToilJob { Get-Outer })).Value | Should -Be 'outer inner'
    }
    It 'functions made with Set-Item' {
        Set-Item function:Get-Made { param($A) "made $A" }
        (Invoke-Job $runner (New-ToilJob { Get-Made 1 })).Value | Should -Be 'made 1'
    }
    It 'and vanishes with it' {
        function Get-Once { 1 }
        (Invoke-Job $runner (New-ToilJob { Get-Once })).Value | Should -Be 1
        (Invoke-Job $runner (New-ToilJob { Test-Path function:Get-Once })).Value | Should -BeFalse
    }
    It 'modules' {
        Set-Content TestDrive:/Mine.psm1 'function Get-Mine { "mine" }'
        Import-Module TestDrive:/Mine.psm1
        (Invoke-Job $runner (New-ToilJob { Get-Mine })).Value | Should -Be 'mine'
        Remove-Module Mine
        (Invoke-Job $runner (New-ToilJob { @(Get-Module Mine).Count })).Value | Should -Be 0
    }
    It 'namespaces' {
        $script = @('using namespace System.Text', 'New-ToilJob { [StringBuilder]::new("x").ToString() }') -join "`n"
        Set-Content TestDrive:/ns.ps1 $script
        (Invoke-Job $runner (& TestDrive:/ns.ps1)).Value | Should -Be 'x'
    }
}

Describe 'Links' {
    It 'Add-ToilChild takes jobs through the pipeline' {
        $root = New-ToilJob { }
        $child = New-ToilJob { } | Add-ToilChild $root
        $root.Children | Should -Contain $child
        @(1..2 | New-ToilJob { } | Add-ToilChild -Parent $root).Count | Should -Be 2
        $root.Children.Count | Should -Be 3
    }
    It 'Add-ToilFollowOn takes a scriptblock' {
        $root = New-ToilJob { }
        (Add-ToilFollowOn $root { 1 } -Name next).Name | Should -Be 'next'
        $root.FollowOns.Name | Should -Be 'next'
    }
    It 'need a parent outside jobs' { { Add-ToilChild { } } | Should -Throw -ErrorId 'NoParent,Toil.Cmdlets.AddToilChildCommand' }
    It 'in a job go to the running job' {
        $runner = New-JobRunner
        $done = Invoke-Job $runner (New-ToilJob { Add-ToilChild { 'a' } -Name child })
        $done.Failure | Should -BeNullOrEmpty
        $done.Self.Children.Name | Should -Be 'child'
        (Get-Member_ $done.Encoded 'Holes').Count | Should -Be 1
    }
    It 'that start nothing are an error in a job' {
        $runner = New-JobRunner
        $failure = (Invoke-Job $runner (New-ToilJob { $null = New-ToilJob { } -Name forgotten })).Failure
        $failure.Message | Should -BeLike "*Nothing starts job 'forgotten'*"
        $failure.Retryable | Should -BeFalse
    }
}

Describe 'A job used as an argument' {
    BeforeAll {
        function Set-Order([Toil.Job[]] $Jobs) { $null = Invoke-Static $Edge.GetType('Toil.Graph.ImplicitOrder') 'Apply' @($Jobs, $null) }
    }
    It 'comes first' {
        $a = New-ToilJob { }; $b = New-ToilJob -ArgumentList $a { }
        Set-Order $b
        $a.FollowOns | Should -Contain $b
    }
    It 'comes first with all that follows it' {
        $a = New-ToilJob { }; $after = Add-ToilFollowOn $a { } -Name after; $b = New-ToilJob -ArgumentList $a { }
        Set-Order $b
        $after.FollowOns | Should -Contain $b
    }
    It 'but not after what waits for the consumer itself' {
        $a = New-ToilJob { }; $b = New-ToilJob -ArgumentList $a { }
        $after = New-ToilJob -ArgumentList $b { } | Add-ToilFollowOn $a
        Set-Order $after
        $after.FollowOns | Should -Not -Contain $b
        $b.FollowOns | Should -Contain $after
    }
    It 'is left alone where a link orders it already' {
        $a = New-ToilJob { }; $b = New-ToilJob -ArgumentList $a { } | Add-ToilChild $a
        Set-Order $a
        $a.FollowOns.Count | Should -Be 0
    }
}
