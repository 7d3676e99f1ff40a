param([int] $NumLines)
