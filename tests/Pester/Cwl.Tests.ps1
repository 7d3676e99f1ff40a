BeforeDiscovery {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
}

BeforeAll {
    Set-Content "$TestDrive/echo.cwl" @'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: echo
stdout: said.txt
inputs:
  message: { type: string, inputBinding: {} }
outputs:
  said: stdout
'@
    Set-Content "$TestDrive/count.cwl" @'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [wc, -l]
stdin: $(inputs.text.path)
stdout: lines
inputs:
  text: File
outputs:
  lines:
    type: int
    outputBinding: { glob: lines, loadContents: true, outputEval: "$(parseInt(self[0].contents))" }
requirements: { InlineJavascriptRequirement: {} }
'@
    Set-Content "$TestDrive/wrong.cwl" @'
cwlVersion: v1.2
class: CommandLineTool
baseComand: echo
inputs: {}
outputs: {}
'@
    Set-Content "$TestDrive/three.txt" "a`nb`nc"
}

Describe 'Invoke-ToilCwl' {
    It 'runs a tool with the inputs of a hashtable, and puts its file into the output directory' {
        $outputs = Invoke-ToilCwl "$TestDrive/echo.cwl" @{ message = 'Hello' } -OutputDirectory "$TestDrive/out" -DisableProgress
        $outputs.said.basename | Should -Be 'said.txt'
        Get-Content $outputs.said.path | Should -Be 'Hello'
        Split-Path $outputs.said.path | Should -Be "$TestDrive/out"
    }
    It 'takes a path and a file object for a File' {
        (Invoke-ToilCwl "$TestDrive/count.cwl" @{ text = "$TestDrive/three.txt" } -OutputDirectory "$TestDrive/out" -DisableProgress).lines | Should -Be 3
        (Invoke-ToilCwl "$TestDrive/count.cwl" ([pscustomobject]@{ text = Get-Item "$TestDrive/three.txt" }) -OutputDirectory "$TestDrive/out" -DisableProgress).lines | Should -Be 3
    }
    It 'takes an input object by its path' {
        Set-Content "$TestDrive/job.yml" 'text: { class: File, path: three.txt }'
        (Invoke-ToilCwl "$TestDrive/count.cwl" "$TestDrive/job.yml" -OutputDirectory "$TestDrive/out" -DisableProgress).lines | Should -Be 3
    }
    It 'requires what the input object and -Overrides say, too' {
        Set-Content "$TestDrive/env.cwl" @'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c, 'echo "$ONE $TWO"']
stdout: said.txt
inputs: {}
outputs: { said: stdout }
'@
        Set-Content "$TestDrive/requires.yml" 'cwl:requirements: [ { class: EnvVarRequirement, envDef: { ONE: first, TWO: second } } ]'
        Set-Content "$TestDrive/overrides.yml" 'cwltool:overrides: { env.cwl: { requirements: { EnvVarRequirement: { envDef: { ONE: other } } } } }'
        Get-Content (Invoke-ToilCwl "$TestDrive/env.cwl" "$TestDrive/requires.yml" -OutputDirectory "$TestDrive/out" -DisableProgress).said.path | Should -Be 'first second'
        Get-Content (Invoke-ToilCwl "$TestDrive/env.cwl" -Overrides "$TestDrive/overrides.yml" -OutputDirectory "$TestDrive/out" -DisableProgress).said.path | Should -Be 'other '
    }
    It 'reports a missing input before anything runs' {
        { Invoke-ToilCwl "$TestDrive/echo.cwl" -OutputDirectory "$TestDrive/none" } | Should -Throw '*message*' -ErrorId 'CwlInvalid,Toil.Cmdlets.InvokeToilCwlCommand'
        "$TestDrive/none" | Should -Not -Exist
    }
    It 'says which step failed and with what, and goes on after a restart' {
        Set-Content "$TestDrive/fail.cwl" @'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c, 'test -e "$0" || { echo not yet >&2; exit 3; }']
inputs:
  flag: { type: string, inputBinding: {} }
outputs: {}
'@
        $store = "$TestDrive/store"
        { Invoke-ToilCwl "$TestDrive/fail.cwl" @{ flag = "$TestDrive/flag" } -JobStore $store -RetryCount 0 -DisableProgress -WarningAction Ignore } | Should -Throw '*not yet*' -ErrorId 'JobsFailed*'
        $null = New-Item "$TestDrive/flag"
        Invoke-ToilCwl "$TestDrive/fail.cwl" @{ flag = "$TestDrive/flag" } -JobStore $store -Restart -DisableProgress | Out-Null
        $store | Should -Not -Exist
    }
}

Describe 'Test-ToilCwl' {
    It 'finds a document valid' { Test-ToilCwl "$TestDrive/echo.cwl" | Should -BeTrue }
    It 'names the place of an error and the nearest name' {
        Test-ToilCwl "$TestDrive/wrong.cwl" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeFalse
        "$($problems[0])" | Should -Match 'wrong\.cwl:3:1: .*baseCommand'
    }
    It 'checks inputs that are given' {
        Test-ToilCwl "$TestDrive/echo.cwl" @{ message = 3 } -ErrorAction SilentlyContinue | Should -BeFalse
    }
}

Describe 'New-ToilCwlJob' {
    It 'is one job among others, with promises as inputs' {
        $who = New-ToilJob -Memory 150MB { 'World' }
        $echo = New-ToilCwlJob "$TestDrive/echo.cwl" @{ message = $who }
        $result = Join-ToilJob -InputObject $echo -Memory 150MB { param($Outputs) Get-Content (Read-ToilFile $Outputs.said.location) } | Start-ToilWorkflow "$TestDrive/one" -DisableProgress
        $result | Should -Be 'World'
    }
    It 'runs a tool once for each file of a pipeline' {
        $lines = Get-Item "$TestDrive/three.txt", "$TestDrive/echo.cwl" | ForEach-Object { @{ text = $_ } } | New-ToilCwlJob "$TestDrive/count.cwl" | Start-ToilWorkflow "$TestDrive/many" -DisableProgress
        $lines.lines | Should -Be 3, 8
    }
    It 'takes a file that another job has written' {
        $made = New-ToilJob -Memory 150MB { Set-Content four.txt (1..4); Write-ToilFile four.txt }
        (New-ToilCwlJob "$TestDrive/count.cwl" @{ text = $made } | Start-ToilWorkflow "$TestDrive/file" -DisableProgress).lines | Should -Be 4
    }
}
