#!/bin/sh
# Builds the site every morning; on the first of the month it mails the report.
# In the crontab:  30 6 * * *  /srv/okr/publish.sh
set -eu
cd "${WORKSPACE:-/srv/okr/workspace}"
if [ -d .git ]; then git pull --quiet --ff-only; fi
scorebook build --quiet --strict -o "${SHARE:-/srv/intranet/okr}"
if [ "${DAY:-$(date +%d)}" = 01 ]; then
  letter="${TMPDIR:-/tmp}/scorebook-report.eml"
  scorebook report --quiet --format mail --eml --to "${BOARD:-board@example.com}" -o "$letter"
  "${SENDMAIL:-/usr/sbin/sendmail}" -t -i < "$letter"
fi
