# A PowerShell workflow through a real Slurm of two nodes on this machine.
BeforeDiscovery {
    $places = "$env:PATH`:/usr/sbin:/sbin" -split ':'
    $missing = @('munged', 'slurmctld', 'slurmd', 'sbatch').Where({ $name = $_; -not $places.Where({ Test-Path "$_/$name" }) })
    $skip = $missing.Count -gt 0 -or (id -u) -ne 0
    if ($skip) { Write-Host "SKIPPED: Slurm isn't installed here (packages slurm-wlm and munge), or this isn't root." }
}

Describe 'Start-ToilWorkflow -BatchSystem slurm' -Skip:$skip {
    BeforeAll {
        if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
        $script = "$PSScriptRoot/../Integration/Grid/slurm-cluster.sh"
        # The nodes' agent writes into it, so it isn't Pester's drive.
        $cluster = Join-Path ([IO.Path]::GetTempPath()) "toil-pester-slurm-$PID"
        # Below those that the system gives to connections meanwhile.
        $used = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners().Port
        do { $env:PORT = $first = Get-Random -Minimum 15000 -Maximum 31990 } while ($used.Where({ $_ -ge $first -and $_ -lt $first + 10 }))
        bash $script start $cluster
        $env:SLURM_CONF = "$cluster/slurm.conf"
        $runs = @{ BatchSystem = 'slurm'; StatePollingWait = 0.3; DefaultMemory = 500MB; DefaultDisk = 10MB; InformationAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
    }
    AfterAll {
        bash $script stop $cluster
        Remove-Item $cluster -Recurse -Force
        $env:SLURM_CONF = $env:PORT = $null
    }

    It 'runs scriptblocks on nodes, with files, and joins their values' {
        Set-Content $TestDrive/a.txt 'from a'
        $factor = 10
        1..3 | New-ToilJob -ArgumentList (Import-ToilFile $TestDrive/a.txt) { param($N, $File) "$env:SLURM_JOB_ID" -and "$($N * $using:factor) $(Get-Content (Read-ToilFile $File))" } |
            Join-ToilJob { param($All) $All -join ', ' } | Start-ToilWorkflow "$cluster/store" @runs | Should -Be 'True, True, True'
    }
    It 'runs CWL tools on nodes, as jobs of a workflow and by themselves' {
        $tool = "$cluster/say.cwl"
        Set-Content $tool @'
cwlVersion: v1.2
class: CommandLineTool
requirements: {InlineJavascriptRequirement: {}, ResourceRequirement: {ramMin: 500}}
baseCommand: [sh, -c, 'echo "$0 $(cat "$1")"']
inputs:
  word: {type: string, inputBinding: {position: 1}}
  text: {type: File, inputBinding: {position: 2}}
stdout: said.txt
outputs: {said: {type: string, outputBinding: {glob: said.txt, loadContents: true, outputEval: '$(self[0].contents.trim())'}}}
'@
        Set-Content $TestDrive/b.txt 'text' -NoNewline
        $before = @(squeue --noheader --array --states=all --format=%i).Count
        $word = New-ToilJob { if ($env:SLURM_JOB_ID) { 'node' } }
        $said = New-ToilCwlJob $tool -Inputs @{ word = $word; text = Get-Item $TestDrive/b.txt }
        $said | Start-ToilWorkflow "$cluster/cwl" @runs | ForEach-Object said | Should -Be 'node text'
        (Invoke-ToilCwl $tool @{ word = 'by itself'; text = Get-Item $TestDrive/b.txt } -JobStore "$cluster/cwl2" -OutputDirectory $TestDrive @runs).said | Should -Be 'by itself text'
        @(squeue --noheader --array --states=all --format=%i).Count - $before | Should -Be 3
    }
    It 'says what the scheduler says of a job that waits' {
        $job = Start-Job -ArgumentList "$PSScriptRoot/../../Toil.psd1", "$cluster/held", $runs {
            param($Module, $Store, $Runs)
            Import-Module $Module
            New-ToilJob { 1 } | Start-ToilWorkflow $Store @Runs -SlurmArgs '--hold'
        }
        try {
            $until = [datetime]::Now.AddSeconds(60)
            do { $reasons = Get-ToilJob "$cluster/held" -Explain -ErrorAction SilentlyContinue | ForEach-Object Reason } until ($reasons -match 'JobHeldUser' -or [datetime]::Now -gt $until)
            $reasons | Should -Match 'JobHeldUser'
            squeue --noheader --format=%i | ForEach-Object { scontrol release $_ }
            $job | Wait-Job -Timeout 120 | Receive-Job | Should -Be 1
        }
        finally { $job | Remove-Job -Force }
    }
}
