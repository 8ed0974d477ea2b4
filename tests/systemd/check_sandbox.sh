#!/usr/bin/env bash
# check_sandbox.sh CONFINE UNIT WIREDESKD KAFKA_TESTS CLAIM -- the claim also holds when wiredeskd
# runs within the restrictions of its unit.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
confine=$1 unit=$2 wiredeskd=$3 kafka_tests=$4 claim=$5

# LeakSanitizer stops threads as a debugger does, which the unit forbids.
export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}

status=0
"$confine" "$unit" "$wiredeskd" --version || status=$?
[ "$status" = 0 ] || exit "$status"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/wiredeskd" <<WRAPPER
#!/bin/sh
exec '$confine' '$unit' '$wiredeskd' "\$@"
WRAPPER
chmod +x "$work/wiredeskd"

WD_KAFKA_WIREDESKD=$work/wiredeskd "$kafka_tests" "$claim"
