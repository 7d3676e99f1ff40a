# Runs script jobs in this process, as a worker does, without leader, agent or store.
if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
$script:Core = [Toil.Job].Assembly
$script:Edge = (Get-Command New-ToilJob).ImplementingType.Assembly
$script:AnyMember = [System.Reflection.BindingFlags]'Instance,Static,Public,NonPublic'
$script:AttemptNumber = 0

function New-Instance([System.Reflection.Assembly] $Assembly, [string] $Type, [object[]] $Arguments) {
    , [Activator]::CreateInstance($Assembly.GetType($Type, $true), $AnyMember, $null, $Arguments, $null)
}

function Get-Member_([object] $Object, [string] $Name) { , $Object.GetType().GetProperty($Name, $AnyMember).GetValue($Object) }

function Invoke-Member([object] $Object, [string] $Name, [object[]] $Arguments) {
    $method = $Object.GetType().GetMethods($AnyMember).Where({ $_.Name -eq $Name -and $_.GetParameters().Count -eq $Arguments.Count })[0]
    , $method.Invoke($Object, $Arguments)
}

function Invoke-Static([Type] $Type, [string] $Name, [object[]] $Arguments) {
    $method = $Type.GetMethods($AnyMember).Where({ $_.Name -eq $Name -and $_.GetParameters().Count -eq $Arguments.Count })[0]
    , $method.Invoke($null, $Arguments)
}

function New-JobRunner { New-Instance $Edge 'Toil.Worker.ScriptRunner' @() }

# A job's launch order and context, in a temporary directory of its own.
function New-Launch([Toil.Job] $Job) {
    $script:AttemptNumber++
    $requirements = [Toil.Requirements]::new(1, [Toil.ByteSize]::new(1GB), [Toil.ByteSize]::new(1GB), $false)
    $attempt = New-Instance $Core 'Toil.Agents.AttemptId' @([long] $AttemptNumber, 0, 1)
    $number = [Func[Toil.Job, long]] { param($producer) 0L }
    $arguments = Invoke-Member (Get-Member_ $Job 'Arguments') 'Bind' @($number)
    $order = New-Instance $Core 'Toil.Agents.LaunchOrder' @($attempt, $Job.Name, 1, $requirements, (Get-Member_ $Job 'Code'), $arguments)
    $self = New-Instance $Core 'Toil.Job' @($Job.Name, (Get-Member_ $Job 'Code'), (Get-Member_ $Job 'Arguments'))
    $Core.GetType('Toil.Job').GetProperty('Number', $AnyMember).SetValue($self, [long] $AttemptNumber)
    $directory = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "toil-pester-$PID-$AttemptNumber") -Force).FullName
    $files = [TestFiles]::Create($Core, $directory)
    $log = [Delegate]::CreateDelegate([Action`2].MakeGenericType([Toil.JobContext].Assembly.GetType('Toil.LogLevel'), [string]), $null, [TestFiles].GetMethod('Log').MakeGenericMethod($Core.GetType('Toil.LogLevel')))
    $context = New-Instance $Core 'Toil.JobContext' @($self, $requirements, 1, $files, $log, [Threading.CancellationToken]::None)
    [pscustomobject]@{ Order = $order; Context = $context; Directory = $directory; Self = $self }
}

# Runs one job: its decoded value, its error as data, and whether the worker could be restored.
function Invoke-Job([object] $Runner, [Toil.Job] $Job, [switch] $NoReset) {
    $launch = New-Launch $Job
    $value = $failure = $encoded = $null
    $task = Invoke-Member $Runner 'RunAsync' @($launch.Order, $launch.Context)
    try {
        $encoded = $task.GetAwaiter().GetResult()
        $bound = Invoke-Member $encoded 'Bind' @([Func[Toil.Job, long]] { 0L })
        if (-not (Get-Member_ $bound 'HasHoles')) { $value = Invoke-Static $Edge.GetType('Toil.Values.PSValues') 'Decode' @($bound) }
    }
    catch {
        $exception = $_.Exception
        while ($exception -is [System.Management.Automation.MethodInvocationException]) { $exception = $exception.InnerException }
        $failure = Invoke-Member $Runner 'Describe' @($exception)
    }
    $kept = $NoReset ? $null : (Invoke-Member $Runner 'ResetAsync' @()).GetAwaiter().GetResult()
    # A worker that isn't restored would end; this process goes on, and not in a directory that is gone.
    if ([Environment]::CurrentDirectory.StartsWith($launch.Directory)) { [Environment]::CurrentDirectory = $PSScriptRoot }
    Remove-Item -LiteralPath $launch.Directory -Recurse -Force
    [pscustomobject]@{ Value = $value; Encoded = $encoded; Failure = $failure; Kept = $kept; Self = $launch.Self; Directory = $launch.Directory }
}

if (-not ('TestFiles' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Reflection;
public class TestFiles : DispatchProxy {
    string directory;
    public static object Create(Assembly core, string directory) {
        var make = typeof(DispatchProxy).GetMethod("Create", 2, Type.EmptyTypes).MakeGenericMethod(core.GetType("Toil.IFileStore"), typeof(TestFiles));
        var made = make.Invoke(null, null);
        ((TestFiles)made).directory = directory;
        return made;
    }
    public static string Last;
    public static void Log<T>(T level, string message) { Last = level + ": " + message; }
    protected override object Invoke(MethodInfo method, object[] arguments) {
        if (method.Name == "get_TempDirectory") return directory;
        throw new NotSupportedException(method.Name);
    }
}
'@
}
