param([Parameter(Position = 0)] [string] $Output, [int] $NumLines, [string[]] $Names, [switch] $Force, [bool] $Quiet = $true)
"$($NumLines + 1) $($Names -join '|') $Force $Quiet $Output"
Start-ToilWorkflow
