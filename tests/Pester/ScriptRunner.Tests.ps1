BeforeAll {
    . $PSScriptRoot/Runner.ps1
    $runner = New-JobRunner
    function Get-Value([scriptblock] $Script, [object[]] $Arguments = @()) {
        $done = Invoke-Job $runner (New-ToilJob $Script -ArgumentList $Arguments)
        if ($done.Failure) { throw $done.Failure.Message }
        $done.Value
    }
    function Get-Failure([scriptblock] $Script) { (Invoke-Job $runner (New-ToilJob $Script)).Failure }
}

Describe 'A script job' {
    It 'returns null for no output' { Get-Value { } | Should -BeNullOrEmpty }
    It 'returns one object as it is' { Get-Value { 'one' } | Should -BeExactly 'one' }
    It 'returns several as a list' { Get-Value { 1; 2; 3 } | Should -Be @(1, 2, 3) }
    It 'binds arguments by position' { Get-Value { param($A, $B) "$B-$A" } @(1, 'two') | Should -Be 'two-1' }
    It 'gives arguments without parameters as $args' { Get-Value { $args.Count } @(1, 2) | Should -Be 2 }
    It 'takes a string that looks like a parameter as a value' { Get-Value { param($A) $A } @('-Force') | Should -Be '-Force' }
    It 'runs in its own directory' { Get-Value { $PWD.Path -eq $ToilJob.TempDirectory } | Should -BeTrue }
    It 'knows its script' { Get-Value { $PSScriptRoot } | Should -Be $PSScriptRoot }
    It 'has the cmdlets' { Get-Value { (Get-Command New-ToilJob).Name } | Should -Be 'New-ToilJob' }
    It 'recurses deeply' { Get-Value { function Down($n) { if ($n -gt 0) { Down ($n - 1) } else { 'bottom' } }; Down 400 } | Should -Be 'bottom' }
}

Describe 'A failing job tells' {
    It 'the id, category and place of a cmdlet''s error' {
        $failure = Get-Failure { Get-Item nosuch }
        $failure.Type | Should -Be 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
        $failure.Category | Should -Be 'ObjectNotFound'
        $failure.Position | Should -Match "^$([regex]::Escape($PSCommandPath)):\d+:34"
        $failure.Position | Should -Match 'at <ScriptBlock>'
    }
    It 'what was thrown' {
        $failure = Get-Failure { throw [InvalidOperationException]::new('no way') }
        $failure.Message | Should -Be 'no way'
        $failure.Type | Should -Be 'no way'
        $failure.Category | Should -Be 'OperationStopped'
    }
    It 'of Write-Error' { (Get-Failure { Write-Error -Message bad -ErrorId MyId }).Type | Should -BeLike 'MyId*' }
    It 'of a native command' { (Get-Failure { /bin/sh -c 'exit 5' }).Message | Should -Match '5' }
    It 'of exit, with the code and what to do' {
        $failure = Get-Failure { exit 3 }
        $failure.Type | Should -Be 'ExitCalled'
        $failure.Message | Should -Match "'exit 3'.*return.*throw"
    }
    It 'of exit in a function' { function Quit { exit 4 }; (Get-Failure { Quit; 'not reached' }).Message | Should -Match "'exit 4'" }
    It 'that a result is too large, before it fills the memory' {
        (Get-Failure { $chunk = 'x' * 1MB; 1..1024 | ForEach-Object { $chunk } }).Message | Should -Match 'larger than 256 Mi.*file'
    }
    It 'the path to what can''t be kept: <Name>' -ForEach @(
        @{ Name = 'a stream'; Job = { [pscustomobject]@{ Reads = 1, 2, 3, @{ Stream = [IO.MemoryStream]::new() } } }; Path = '$result.Reads[3].Stream' }
        @{ Name = 'a scriptblock'; Job = { @{ Then = { 1 } } }; Path = '$result.Then' }
        @{ Name = 'a process'; Job = { 1; Get-Process -Id $PID }; Path = '$result[1]' }
        @{ Name = 'a cycle'; Job = { $h = @{}; $h.Self = @{ Back = $h }; $h }; Path = '$result.Self.Back' }
        @{ Name = 'something too deep'; Job = { $e = [Collections.Generic.LinkedList[int]]; [Exception]::new('x', [Exception]::new('y')) | Add-Member Me ([cultureinfo]::InvariantCulture) -PassThru }; Path = '$result' }
    ) {
        (Get-Failure $Job).Message | Should -BeLike "$([WildcardPattern]::Escape($Path))*"
    }
}

Describe 'A job''s streams' {
    It 'don''t become its value' { Get-Value { Write-Host a; Write-Warning b; Write-Verbose c -Verbose; Write-Information d; 'value' } | Should -Be 'value' }
}
