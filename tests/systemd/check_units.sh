#!/usr/bin/env bash
# check_units.sh BUILD-FOLDER -- the units that an installation lays down are without fault, and
# expose little.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
build=$1
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
most=1.1 # of 10 is dangerous

command -v systemd-analyze >/dev/null || { echo "check_units: no systemd-analyze here (script/bootstrap test)"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
DESTDIR=$work cmake --install "$build" >/dev/null

units=$(find "$work" -path '*/lib/systemd/system')
failed=0
for unit in wiredeskd.service wiredeskd@.service wiredeskd@sports.service; do
    file=$units/$unit
    [ -e "$file" ] || ln -s wiredeskd@.service "$file"
    # The root has no targets and no /bin/kill of its own.
    said=$(systemd-analyze verify --man=no --recursive-errors=no --root="$work" "$file" 2>&1 |
        grep -vE '/bin/kill is not executable' || true)
    [ -z "$said" ] || { echo "$unit: $said"; failed=1; }
done

# A process that waits for a broker is silent for a while; the watchdog must not take it for hung.
wait_ms=$(sed -n 's/^#define PATIENCE_MOST_MS //p' "$source/daemon/patience.h")
for unit in wiredeskd.service wiredeskd@.service; do
    seconds=$(sed -n 's/^WatchdogSec=\([0-9]*\)s$/\1/p' "$units/$unit")
    [ "${seconds:-0}" -ge $((4 * wait_ms / 1000)) ] || {
        echo "$unit: WatchdogSec is less than four of the longest waits, $wait_ms ms"
        failed=1
    }
done
for unit in wiredeskd.service wiredeskd@.service; do
    said=$(systemd-analyze security --offline=yes --no-pager "$units/$unit")
    level=$(sed -n 's/.*exposure level[^:]*: \([0-9.]*\) .*/\1/p' <<<"$said")
    echo "$unit: exposure $level"
    awk -v level="$level" -v most="$most" 'BEGIN { exit !(level != "" && level <= most) }' || {
        grep '^✗' <<<"$said"
        echo "$unit: more than $most"
        failed=1
    }
done

# The other files are read by systemd itself, in a root of their own.
mkdir -p "$work/etc"
printf 'root:x:0:0::/root:/bin/sh\n' >"$work/etc/passwd"
printf 'root:x:0:\n' >"$work/etc/group"
systemd-sysusers --root="$work" "$(find "$work" -path '*/sysusers.d/wiredesk.conf')"
grep -q '^wiredesk:.*nologin' "$work/etc/passwd" || { echo "sysusers: there is no user wiredesk"; failed=1; }
if [ "$(id -u)" = 0 ]; then
    systemd-tmpfiles --root="$work" --create "$(find "$work" -path '*/tmpfiles.d/wiredesk.conf')"
    rights=$(stat -c %a "$(find "$work" -path '*/etc/wiredesk' -type d)" "$(find "$work" -name wiredeskd.conf)" | xargs)
    [ "$rights" = "750 640" ] || { echo "tmpfiles: the settings have the rights $rights"; failed=1; }
fi
exit $failed
