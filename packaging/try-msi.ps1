# Tries the installer as a person and as an administrator would: install, use, upgrade over a running program, uninstall.
param([Parameter(Mandatory)][string]$Msi)
$ErrorActionPreference = "Stop"

function Invoke-Installer([string[]]$Words) {
    $done = Start-Process msiexec -ArgumentList ($Words + "/quiet", "/norestart", "/l*v", "$env:RUNNER_TEMP\msi.log") -Wait -PassThru
    if ($done.ExitCode) {
        Get-Content "$env:RUNNER_TEMP\msi.log" -Tail 60
        throw "msiexec $Words ended with $($done.ExitCode)"
    }
}

function Assert-That([bool]$Right, [string]$What) {
    if (-not $Right) { throw "not so: $What" }
    Write-Output "so: $What"
}

$places = @{
    person  = @{ Folder = "$env:LOCALAPPDATA\Programs\CreditDesk"; Root = "HKCU:"; Words = @() }
    machine = @{ Folder = "$env:ProgramFiles\CreditDesk"; Root = "HKLM:"; Words = @("ALLUSERS=1") }
}
foreach ($name in "person", "machine") {
    $place = $places[$name]
    $console = Join-Path $place.Folder "creditdesk-console.exe"
    Invoke-Installer (@("/i", "`"$Msi`"") + $place.Words)
    Assert-That (Test-Path $console) "installed for the $name"
    $open = (Get-ItemProperty "$($place.Root)\Software\Classes\CreditDesk.Desk\shell\open\command")."(default)"
    Assert-That ($open -like "*$($place.Folder)\CreditDesk.exe*%1*") ".creditdesk opens it for the $name"
    & $console --self-check
    Assert-That ($LASTEXITCODE -eq 0) "the installed program finds its parts"

    $desk = Join-Path $env:LOCALAPPDATA "CreditDesk\desk.creditdesk"
    & $console client list | Out-Null
    Assert-That (Test-Path $desk) "its desk is in the person's own folder"
    $running = Start-Process (Join-Path $place.Folder "CreditDesk.exe") -PassThru
    Start-Sleep 10
    Assert-That (-not $running.HasExited) "the window runs"
    Invoke-Installer (@("/i", "`"$Msi`"", "REINSTALL=ALL", "REINSTALLMODE=amus") + $place.Words)
    Assert-That $running.HasExited "installing over it closes the window"

    Invoke-Installer @("/x", "`"$Msi`"")
    Assert-That (-not (Test-Path $console)) "uninstalled for the $name"
    Assert-That (Test-Path $desk) "the desk is still there"
}
