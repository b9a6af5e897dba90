@echo off
rem Builds the site every morning; on the first of the month it writes the report beside it.
rem Once:  schtasks /Create /TN scorebook /SC DAILY /ST 06:30 /TR "C:\okr\publish.cmd"
cd /d C:\okr\workspace || exit /b 2
if exist .git git pull --quiet --ff-only
scorebook build --quiet --strict -o \\server\intranet\okr || exit /b 1
for /f %%d in ('powershell -NoProfile -Command "(Get-Date).Day"') do (
  if %%d==1 scorebook report --quiet --format html -o \\server\intranet\okr-report.html
)
