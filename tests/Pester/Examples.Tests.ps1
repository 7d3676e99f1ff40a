# Runs every example as a user would: a shell of its own, in a directory of its own.
BeforeDiscovery {
    $examples = Get-ChildItem "$PSScriptRoot/../../examples/powershell/*.ps1" | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
    $toil = Join-Path $PSScriptRoot .. .. artifacts toil toil
    $hasToil = [bool] (Test-Path $toil)
}

BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $examples = Convert-Path "$PSScriptRoot/../../examples/powershell"
    $toil = Join-Path $PSScriptRoot .. .. artifacts toil toil
    $shell = (Get-Process -Id $PID).Path
    $env:NO_COLOR = '1'

    # What the script says, by line; all of it is in $said too.
    function Invoke-Example([string] $Name, [string] $Parameters) {
        $lines = & $shell -NoProfile -NonInteractive -Command "& '$examples/$Name' $Parameters" 2>&1
        $script:code = $LASTEXITCODE
        $script:said = $lines -join "`n"
        $lines
    }

    # As LC_ALL=C sort orders them: by their bytes.
    function Get-SortedText([string] $Path) {
        $lines = [string[]] [IO.File]::ReadAllLines($Path, [Text.Encoding]::Latin1)
        [Array]::Sort($lines, [StringComparer]::Ordinal)
        -join $lines.ForEach({ "$_`n" })
    }
}

Describe 'The example <Name>' -ForEach $examples {
    It 'has help with a synopsis, an example and a description of each parameter' {
        $help = Get-Help $Path -Full
        $help.Synopsis | Should -Not -BeLike "*$Name*"
        @($help.Examples.Example).Count | Should -BeGreaterThan 0
        $described = $help.Parameters.Parameter | Where-Object { $_.PSObject.Properties['Description'] } | ForEach-Object Name
        $help.Examples | Out-String | Should -Not -Match 'Requires'
        (Get-Command $Path).ScriptBlock.Ast.ParamBlock.Parameters.Name.VariablePath.UserPath | Where-Object { $_ -notin $described } | Should -BeNullOrEmpty
    }
    It 'reads without a warning of the parser' {
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }
}

Describe 'What the examples print' {
    BeforeEach {
        $here = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $here
        Push-Location $here
    }
    AfterEach { Pop-Location }

    It 'Hello.ps1' {
        Invoke-Example Hello.ps1 '-Message Test' | Should -Be "Hello, world! Here's a message: Test"
        './store' | Should -Not -Exist
    }
    It 'Diamond.ps1' {
        $lines = Invoke-Example Diamond.ps1
        $lines[-4..-1] | Should -Be @('first', 'second or third', 'second or third', 'last')
        $lines[0] | Should -Be 'first: Hello, world! I come first.'
        $lines[3] | Should -Be 'last: Hello, world! I come last.'
    }
    It 'BinaryStrings.ps1' {
        $wanted = 0..7 | ForEach-Object { [Convert]::ToString($_, 2).PadLeft(3, '0') }
        Invoke-Example BinaryStrings.ps1 '-Depth 3' | Should -Be $wanted
    }
    It 'Files.ps1' {
        Invoke-Example Files.ps1 | Should -Be @('What a tangled web we weave', '2', 'Out, out, brief candle')
    }
    It 'Promises.ps1' { Invoke-Example Promises.ps1 | Should -Be '16 words, the longest is yield' }
    It 'PromisedRequirements.ps1' { Invoke-Example PromisedRequirements.ps1 | Should -Be '600 Mi memory, 200 Mi disk' }
    It 'Checkpoint.ps1' { Invoke-Example Checkpoint.ps1 | Should -Be 'parsed what run 2 has fetched' }
    It 'Cwl.ps1' { Invoke-Example Cwl.ps1 | Should -Be '6 lines, most in text3.txt' }
    It 'Groups.ps1' { Invoke-Example Groups.ps1 | Should -Be 'aligned in 2 parts' }
    It 'Deferred.ps1' { (Invoke-Example Deferred.ps1)[-2..-1] | Should -Be @('done in try 2', 'lock left: False') }
    It 'Resume.ps1' { Invoke-Example Resume.ps1 | Should -Be @('failed: second', 'resumed: 2', 'first ran 1 time') }
    It 'Redis.ps1' {
        if (-not (Get-Command redis-server, redis-cli -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'redis-server is not installed' }
        Invoke-Example Redis.ps1 | Should -Be 55
    }
    It 'Staging.ps1' {
        Set-Content one.txt 'a'
        Set-Content two.txt 'a', 'b'
        $null = Invoke-Example Staging.ps1 '-Path *.txt -OutputFile counts.csv'
        $counts = Import-Csv counts.csv
        $counts.Name | Should -Be @('one.txt', 'two.txt')
        $counts.Lines | Should -Be @('1', '2')
    }
    It 'Staging.ps1, of a file that isn''t there' {
        $null = Invoke-Example Staging.ps1 '-Path nothing.txt'
        $code | Should -Not -Be 0
        $said | Should -BeLike '*nothing.txt*'
        './store' | Should -Not -Exist
    }
    It 'Hello.ps1, by toil run' -Skip:(-not $hasToil) {
        & $toil run (Join-Path $examples Hello.ps1) --jobStore ./elsewhere -- --message Test | Should -Be "Hello, world! Here's a message: Test"
        $LASTEXITCODE | Should -Be 0
    }
}

Describe 'MergeSort.ps1' {
    BeforeEach {
        $here = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $here
        Push-Location $here
    }
    AfterEach { Pop-Location }

    It 'sorts a file that it makes' {
        $null = Invoke-Example MergeSort.ps1 '-NumLines 1000 -LineLength 20 -N 6000'
        $code | Should -Be 0 -Because $said
        (Get-Item fileToSort.txt).Length | Should -Be 21000
        [IO.File]::ReadAllText("$here/sortedFile.txt") | Should -BeExactly (Get-SortedText "$here/fileToSort.txt")
        './store' | Should -Not -Exist
    }
    It 'sorts by bytes, as sort does in the C locale' -Skip:$IsWindows {
        $lines = 'b', 'B', 'a', '_', '', 'ä', 'z', '-x', 'x', 'é', '10', '9', ' lead', '', 'aa' * 50
        [IO.File]::WriteAllText("$here/lines.txt", ($lines -join "`n"))
        $null = Invoke-Example MergeSort.ps1 '-FileToSort lines.txt -OutputFile out.txt -N 60'
        $code | Should -Be 0 -Because $said
        sh -c 'LC_ALL=C sort lines.txt | cmp - out.txt'
        $LASTEXITCODE | Should -Be 0
    }
    It 'sorts nothing' {
        $null = New-Item empty.txt
        $null = Invoke-Example MergeSort.ps1 '-FileToSort empty.txt'
        $code | Should -Be 0 -Because $said
        (Get-Item sortedFile.txt -ErrorAction Stop).Length | Should -Be 0
    }
    It 'keeps an output file unless told otherwise' {
        Set-Content lines.txt 'b', 'a'
        Set-Content sortedFile.txt 'mine'
        $null = Invoke-Example MergeSort.ps1 '-FileToSort lines.txt'
        $code | Should -Not -Be 0
        $said | Should -BeLike '*-OverwriteOutput*'
        Get-Content sortedFile.txt | Should -Be 'mine'
        $null = Invoke-Example MergeSort.ps1 '-FileToSort lines.txt -OverwriteOutput'
        Get-Content sortedFile.txt | Should -Be @('a', 'b')
    }
    It 'goes on after its process was killed' {
        $random = [Random]::new(7)
        $lines = 1..4000 | ForEach-Object { $random.NextInt64().ToString('x') }
        [IO.File]::WriteAllText("$here/lines.txt", (-join $lines.ForEach({ "$_`n" })))
        $arguments = '-NoProfile', '-NonInteractive', '-File', (Join-Path $examples MergeSort.ps1), '-FileToSort', 'lines.txt', '-N', '3000'
        $process = Start-Process $shell -ArgumentList $arguments -PassThru -RedirectStandardOutput out.txt -RedirectStandardError err.txt
        $killed = 0
        while (-not $process.HasExited -and $killed -lt 10) {
            Start-Sleep -Milliseconds 100
            $killed = (Get-ToilWorkflow ./store -ErrorAction Ignore).Done ?? 0
        }

        $process.Kill()
        $process.WaitForExit()
        $killed | Should -BeGreaterOrEqual 10 -Because (Get-Content err.txt -Raw)
        './sortedFile.txt' | Should -Not -Exist

        $null = Invoke-Example MergeSort.ps1 '-Restart'
        $code | Should -Be 0 -Because $said
        [IO.File]::ReadAllText("$here/sortedFile.txt") | Should -BeExactly (Get-SortedText "$here/lines.txt")
        './store' | Should -Not -Exist
    }
}

Describe 'The benchmark''s shape <Shape>' -ForEach @(
    @{ Shape = 'Hello'; Jobs = 1; Values = 1; Last = 'Hello, world!' }
    @{ Shape = 'FanOut'; Jobs = 20; Values = 20; Last = '' }
    @{ Shape = 'Chain'; Jobs = 20; Values = 1; Last = 'end' }
    @{ Shape = 'BinaryStrings'; Jobs = 3; Values = 8; Last = '111' }
    @{ Shape = 'Files'; Jobs = 2; Values = 2; Last = 10MB }
) {
    It 'runs, and says how long it took' {
        $line = & $shell -NoProfile -NonInteractive -File "$PSScriptRoot/../../bench/Shapes.ps1" $Shape $Jobs -JobStore (Join-Path $TestDrive shapes)
        $line | Should -Match "^\d+\.\d+ s for $Shape $Jobs after \d+\.\d+ s to build; $Values values, the last one $Last$"
    }
}

Describe 'Jobs that write and read files' {
    It 'don''t cost their worker, which takes half a second to replace' {
        $processes = 1..12 | New-ToilJob -Name write -Memory 10MB -Disk 1MB { Set-Content x $PID; Write-ToilFile x } |
            New-ToilJob -Name read -Memory 10MB -Disk 1MB { param($File) Get-Content (Read-ToilFile $File); $PID } |
            Start-ToilWorkflow -JobStore (Join-Path $TestDrive files) -DisableProgress
        @($processes | ForEach-Object { $_ } | Select-Object -Unique).Count | Should -BeLessOrEqual ([Environment]::ProcessorCount + 1)
    }
}
