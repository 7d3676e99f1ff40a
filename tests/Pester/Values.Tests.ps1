BeforeDiscovery { if (-not (Get-Module Toil)) { Import-Module $PSScriptRoot/../../Toil.psd1 } }

BeforeAll {
    . $PSScriptRoot/Runner.ps1
    $runner = New-JobRunner
    function Copy-Value($Value) {
        $values = $Edge.GetType('Toil.Values.PSValues')
        $encoded = Invoke-Static $values 'Encode' @($Value, '$v')
        , (Invoke-Static $values 'Decode' @((Invoke-Member $encoded 'Bind' @([Func[Toil.Job, long]] { 0L }))))
    }
}

Describe 'A value keeps its type: <Name>' -ForEach @(
    @{ Name = 'int'; Value = 5 }
    @{ Name = 'long'; Value = 5000000000 }
    @{ Name = 'double'; Value = 2.5 }
    @{ Name = 'float'; Value = [float] 0.1 }
    @{ Name = 'decimal'; Value = 1.10d }
    @{ Name = 'big integer'; Value = [bigint]::Pow(10, 30) }
    @{ Name = 'unsigned long'; Value = [ulong]::MaxValue }
    @{ Name = 'string'; Value = 'täxt 🧬' }
    @{ Name = 'half a surrogate pair'; Value = "a$([char]0xD83E)b" }
    @{ Name = 'char'; Value = [char] 'x' }
    @{ Name = 'bool'; Value = $true }
    @{ Name = 'date'; Value = [datetime]::UtcNow }
    @{ Name = 'local date'; Value = [datetime]::Now }
    @{ Name = 'date with offset'; Value = [DateTimeOffset]::Now }
    @{ Name = 'time span'; Value = [timespan]::FromSeconds(1.5) }
    @{ Name = 'guid'; Value = [guid]::NewGuid() }
    @{ Name = 'uri'; Value = [uri] 'http://a/b?c=1' }
    @{ Name = 'version'; Value = [version] '1.2.3' }
    @{ Name = 'enum'; Value = [DayOfWeek]::Friday }
    @{ Name = 'file id'; Value = [Toil.FileId]::new('files/1/a', 'a', 3, $false) }
    @{ Name = 'size'; Value = [Toil.ByteSize]::new(8GB) }
    @{ Name = 'file'; Value = [IO.FileInfo]::new('/tmp/x') }
) {
    It 'round trip' {
        $copy = Copy-Value $Value
        $copy | Should -BeOfType $Value.GetType()
        "$copy" | Should -BeExactly "$Value"
        if ($Value -isnot [IO.FileInfo]) { $copy | Should -BeExactly $Value }
    }
}

Describe 'A structure keeps its shape' {
    It 'bytes' { $copy = Copy-Value ([byte[]](1, 2, 255)); , $copy | Should -BeOfType byte[]; $copy | Should -Be @(1, 2, 255) }
    It 'null' { Copy-Value $null | Should -BeNullOrEmpty }
    It 'an empty list' { $copy = Copy-Value @(); , $copy | Should -BeOfType object[]; $copy.Count | Should -Be 0 }
    It 'nested lists' { (Copy-Value @(@(1, 2), @(3)))[1][0] | Should -Be 3 }
    It 'a hashtable' { $copy = Copy-Value @{ A = 1 }; $copy | Should -BeOfType hashtable; $copy.a | Should -Be 1; $copy.ContainsKey('A') | Should -BeTrue }
    It 'an ordered hashtable' { (Copy-Value ([ordered]@{ z = 1; a = 2; m = 3 })).Keys | Should -Be @('z', 'a', 'm') }
    It 'a hashtable with other keys' { $copy = Copy-Value @{ 1 = 'a' }; $copy[1] | Should -Be 'a' }
    It 'a hashtable that minds case' { $h = [hashtable]::new(); $h['a'] = 1; $h['A'] = 2; (Copy-Value $h).Count | Should -Be 2 }
    It 'an object, its properties in order' { (Copy-Value ([pscustomobject]@{ z = 1; a = 2 })).PSObject.Properties.Name | Should -Be @('z', 'a') }
    It 'an object''s type name' { (Copy-Value ([pscustomobject]@{ PSTypeName = 'My.Type'; a = 2 })).PSObject.TypeNames[0] | Should -Be 'My.Type' }
    It 'an object of a .NET class' { (Copy-Value ([Net.Mail.MailAddress]::new('a@b.c'))).Host | Should -Be 'b.c' }
    It 'very deep nesting' {
        $deep = 'bottom'
        foreach ($i in 1..5000) { $deep = @{ n = $deep } }
        $copy = Copy-Value $deep
        foreach ($i in 1..5000) { $copy = $copy.n }
        $copy | Should -Be 'bottom'
    }
    It 'a string read from a file, without its notes' {
        Set-Content TestDrive:/a.txt 'line'
        Copy-Value (Get-Content TestDrive:/a.txt) | Should -BeExactly 'line'
    }
}

Describe 'Promises are found' {
    It 'in <Name>' -ForEach @(
        @{ Name = 'a list'; Make = { param($Job) , @(1, $Job) } }
        @{ Name = 'an object'; Make = { param($Job) [pscustomobject]@{ a = @{ b = $Job } } } }
        @{ Name = 'itself'; Make = { param($Job) $Job } }
        @{ Name = 'an array list'; Make = { param($Job) $list = [Collections.ArrayList]::new(); $null = $list.Add($Job); , $list } }
    ) {
        $producer = New-ToilJob { 1 }
        $encoded = Invoke-Static $Edge.GetType('Toil.Values.PSValues') 'Encode' @((& $Make $producer), '$v')
        (Get-Member_ $encoded 'Holes').Count | Should -Be 1
    }
}
