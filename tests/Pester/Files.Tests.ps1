# What jobs do with files, and what is left of them in job stores and caches.
BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $run = @{ DisableProgress = $true; DefaultMemory = 100MB; DefaultDisk = 10MB; RetryCount = 0 }
    function New-Store { Join-Path $TestDrive "store-$([guid]::NewGuid().ToString('n'))" }
}

Describe 'A job that reads a file' {
    It 'may write one of the same name' {
        $first = New-ToilJob { Set-Content x.txt before; Write-ToilFile x.txt }
        New-ToilJob -ArgumentList $first {
            param($File)
            $in = Read-ToilFile $File
            Set-Content x.txt after
            $out = Write-ToilFile x.txt
            "$(Get-Content $in) $(Get-Content (Read-ToilFile $out)) $($File.Size)"
        } | Start-ToilWorkflow (New-Store) @run | Should -Be 'before after 7'
    }
    It 'may ask for a private copy, a link, a stream, and give the local file back' {
        $first = New-ToilJob { Set-Content x.txt before; Write-ToilFile x.txt }
        New-ToilJob -ArgumentList $first {
            param($File)
            $own = Read-ToilFile $File -Mutable
            Add-Content $own more
            $link = Read-ToilFile $File link -Symlink
            Remove-ToilFile $File -Local
            "$(Test-Path $own) $(Test-Path $link) $(Get-Content (Read-ToilFile $File))"
        } | Start-ToilWorkflow (New-Store) @run | Should -Be 'False False before'
    }
    It 'may read a shared file by its name' {
        $first = New-ToilJob { Set-Content a.json '{"depth": 30}'; Write-ToilFile a.json -SharedName conf/a.json }
        $second = Add-ToilFollowOn $first {
            $reader = [IO.StreamReader]::new((Read-ToilFile -SharedName conf/a.json -AsStream))
            "$((Get-Content (Read-ToilFile -SharedName conf/a.json) | ConvertFrom-Json).depth) $($reader.ReadLine())"
            $reader.Dispose()
        }
        $first | Start-ToilWorkflow ($store = New-Store) @run -Clean Never
        Get-ToilJobStoreItem $store shared/conf/* | ForEach-Object { $_.SharedName, $_.Name, $_.FileId } | Should -Be @('conf/a.json', 'a.json', $null)
    }
    It 'is told who deleted it, and its log says what files it used' {
        $first = New-ToilJob -Name maker { Set-Content x.txt 1; Write-ToilFile x.txt }
        $second = New-ToilJob -Name deleter -ArgumentList $first { param($File) Remove-ToilFile $File; Set-Content y.txt 2; Write-ToilFile y.txt }
        $store = New-Store
        $third = New-ToilJob -Name late -ArgumentList (Get-ToilPromise $first), $second {
            param($Gone, $There)
            $null = Read-ToilFile $There
            foreach ($try in 1..200) { if (Test-Path (Join-Path $using:store $Gone.Key)) { Start-Sleep -Milliseconds 50 } }
            Read-ToilFile $Gone
        }
        { $third | Start-ToilWorkflow $store @run -WarningAction SilentlyContinue } | Should -Throw "*job 'deleter' has deleted it*"
        (Get-ToilJob $store -Failed).Log | Should -BeLike "*Global files that the job used:*read 'y.txt' (files/*, 2 bytes): */.inputs/y.txt*"
    }
}

Describe 'What is in a job store' {
    BeforeAll {
        $store = New-Store
        New-ToilJob { 'a', 'b' | ForEach-Object { Set-Content "$_.txt" $_; Write-ToilFile "$_.txt" }; Set-Content tmp.txt 1; Write-ToilFile tmp.txt -Cleanup } |
            Start-ToilWorkflow $store @run -Clean Never | Out-Null
    }

    It 'is listed by name, without what was written for cleanup' {
        (Get-ToilJobStoreItem $store).Name | Sort-Object | Should -Be @('a.txt', 'b.txt')
        $item = Get-ToilJobStoreItem $store a*
        $item.Size.Bytes, $item.Job, $item.FileId.Name | Should -Be @(2, 1, 'a.txt')
    }
    It 'can be saved' {
        $directory = New-Item -ItemType Directory (Join-Path $TestDrive saved)
        Get-ToilJobStoreItem $store | Save-ToilJobStoreItem $directory -PassThru | Sort-Object Name | Get-Content | Should -Be @('a', 'b')
        Get-ToilJobStoreItem $store a.txt | Save-ToilJobStoreItem $directory -PassThru | ForEach-Object Name | Should -Be 'a-2.txt'
    }
    It 'isn''t saved with -WhatIf' {
        Get-ToilJobStoreItem $store a.txt | Save-ToilJobStoreItem (Join-Path $TestDrive never) -WhatIf
        Join-Path $TestDrive never | Should -Not -Exist
    }
}

Describe 'The cache of a machine' {
    It 'is shared by jobs, goes with a workflow that succeeded, and can be cleared after one that failed' -Skip:(-not (Test-Path /dev/shm)) {
        $work = (New-Item -ItemType Directory (Join-Path $TestDrive work)).FullName
        $store = "/dev/shm/toil-pester-$([guid]::NewGuid().ToString('n'))"
        try {
            $first = New-ToilJob { Set-Content x.txt before; Write-ToilFile x.txt }
            $second = New-ToilJob -ArgumentList $first { param($File) (Get-Item (Read-ToilFile $File)).UnixStat.HardlinkCount }
            $second | Start-ToilWorkflow $store @run -WorkDir $work | Should -Be 2
            Get-ChildItem $work -Force | Should -BeNullOrEmpty

            $last = New-ToilJob -ArgumentList $first { param($File) $null = Read-ToilFile $File; throw 'too bad' }
            { $last | Start-ToilWorkflow $store @run -WorkDir $work -WarningAction SilentlyContinue } | Should -Throw '*too bad*'
            Get-ChildItem $work -Recurse -File | Should -HaveCount 1
            Clear-ToilCache $work -WhatIf
            Get-ChildItem $work -Recurse -File | Should -HaveCount 1
            Clear-ToilCache $work
            Get-ChildItem $work -Force | Should -BeNullOrEmpty

            { Resume-ToilWorkflow $store -WorkDir $work -DisableCaching -RetryCount 0 -DisableProgress -WarningAction SilentlyContinue } | Should -Throw '*too bad*'
            Get-ChildItem $work -Force | Should -BeNullOrEmpty
        }
        finally { if (Test-Path $store) { Remove-ToilJobStore $store -Confirm:$false } }
    }
}

Describe 'A file on a server' {
    It 'is imported before the first job runs' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $server = [powershell]::Create().AddScript({
                param($listener)
                $client = $listener.AcceptTcpClient()
                $stream = $client.GetStream()
                $reader = [IO.StreamReader]::new($stream)
                while ($reader.ReadLine()) { }
                $stream.Write([Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 OK`r`nContent-Length: 4`r`nConnection: close`r`n`r`nACGT"))
                $client.Dispose()
            }).AddArgument($listener)
        $answer = $server.BeginInvoke()
        try {
            Import-ToilFile "http://127.0.0.1:$($listener.LocalEndpoint.Port)/data/reads.fq" |
                New-ToilJob { param($File) "$($File.Name) $(Get-Content (Read-ToilFile $File))" } |
                Start-ToilWorkflow (New-Store) @run | Should -Be 'reads.fq ACGT'
        }
        finally { $listener.Stop(); $server.EndInvoke($answer); $server.Dispose() }
    }
}
