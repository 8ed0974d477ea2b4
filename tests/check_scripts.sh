#!/usr/bin/env bash
# check_scripts.sh -- what the scripts cannot do, they say in one sentence with the cure.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

script=$(cd "$(dirname "${BASH_SOURCE[0]}")/../script" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# A machine that has nothing but these.
bare=$work/bin
mkdir "$bare"
for tool in bash dirname basename cat cut head base64 tr seq sed mkdir rm sort cmp flock grep awk id mktemp tail; do
    ln -s "$(command -v "$tool")" "$bare/$tool"
done

says() { # CLAIM STATUS WANT COMMAND…
    local claim=$1 want_status=$2 want=$3 output status=0
    shift 3
    output=$("$@" 2>&1 </dev/null) || status=$?
    if [ "$status" != "$want_status" ] || [[ $output != *"$want"* ]] || [ "$(wc -l <<<"$output")" -gt "${lines:-1}" ]; then
        printf 'FAILED: %s: wanted status %s and "%s", got %s:\n%s\n' "$claim" "$want_status" "$want" "$status" "$output"
        failed=1
    fi
}

kafka() { env PATH="$bare" XDG_CACHE_HOME="$work/cache" "$script/kafka" "$@" --dir "$work/kafka"; }

says "no Java" 2 "script/bootstrap" kafka start
printf '#!/bin/sh\n' >"$bare/java"
chmod +x "$bare/java"
says "no Maven" 2 "script/bootstrap" kafka start
printf '#!/bin/sh\nexit 1\n' >"$bare/mvn"
chmod +x "$bare/mvn"
lines=2 says "no network" 2 "check the network" kafka start
says "too many brokers" 2 "from 1 to 9" kafka start --brokers 10
says "no such port" 2 "from 1 to 65525" kafka start --port 65526
says "no number" 2 "not 'many'" kafka start --brokers many
says "no such option" 2 "there is no option --brooker" kafka start --brooker 1
says "an option without its value" 2 "needs a value" "$script/kafka" start --port
says "nothing to stop" 0 "nothing runs" kafka stop
says "nothing to tell of" 1 "0 of 0 brokers up" kafka status

# The stale pid file of a killed broker names a process that is none.
mkdir -p "$work/kafka/broker-1"
echo $$ >"$work/kafka/broker-1/pid"
says "the number of another process" 0 "nothing runs" kafka stop
[ ! -e "$work/kafka/broker-1/pid" ] || { echo "FAILED: a stale pid file is left"; failed=1; }

says "no Debian" 2 "install the counterparts" env PATH="$bare" "$script/bootstrap" build
says "no such part" 2 "script/bootstrap [build]" "$script/bootstrap" everything
says "an odd number of seconds" 2 "takes a number" env WD_FUZZ_SECONDS=long "$script/test"
says "an option of the demo without its value" 2 "needs a value" "$script/run" -X

[ "$failed" = 0 ] || exit 1
echo "scripts: every failure is one sentence with the cure"
