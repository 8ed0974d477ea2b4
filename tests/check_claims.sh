#!/usr/bin/env bash
# check_claims.sh PROGRAM NAME… -- each claim that a program can try is tried by a test.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$1
shift
known=$("$program" --list | awk '{print $1}' | sort)
tried=$(printf '%s\n' "$@" | sort)
[ "$known" = "$tried" ] && exit
echo "known to ${program##*/} (<), tried by a test (>):" >&2
diff <(echo "$known") <(echo "$tried") >&2
