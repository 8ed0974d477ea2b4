#!/usr/bin/env bash
# check_reference.sh WIREDESKD ROOT -- what the daemon's tables make is what lies in the project, and
# the sample is a configuration without faults that changes nothing.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
wiredeskd=$1 root=$2 faults=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

made_by() { # FILE FLAG
    "$wiredeskd" "$2" >"$work/made"
    diff "$work/made" "$root/$1" && return
    echo "check_reference: make $1 again: wiredeskd $2 > $1" >&2
    faults=$((faults + 1))
}
made_by docs/configuration.md --config-reference
made_by docs/man/wiredesk.conf.5 --config-reference=man
made_by deploy/wiredeskd.conf --config-reference=sample

made_by docs/metrics.md --metrics-reference

sample=$root/deploy/wiredeskd.conf
"$wiredeskd" -c "$sample" --check >"$work/check" 2>&1 || { cat "$work/check"; exit 1; }
"$wiredeskd" -c "$sample" --print-config >"$work/with"
"$wiredeskd" --print-config >"$work/without"
diff "$work/with" "$work/without" || faults=$((faults + 1))

[ "$faults" = 0 ] || exit 1
echo "check_reference: the pages and the sample agree with the daemon"
