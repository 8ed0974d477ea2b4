#!/usr/bin/env bash
# check_exports.sh -- every symbol that a user's program could clash with starts with wd_, and
# every function that a public header promises is there.
# SPDX-License-Identifier: Apache-2.0
#
#   tests/check_exports.sh SHARED-LIBRARY STATIC-LIBRARY [INCLUDE-FOLDER]
#
# In the static library all global symbols count, hidden ones too: the linker that takes it into a
# program does not know "hidden". The one exception: what the C++ compiler makes in the object of the C++
# shim (weak template instances and its personality pointer).
set -euo pipefail

shared=$1 static=$2 include=${3:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../include" && pwd)}
# Made by sanitizers and coverage in every object; never in a release.
instruments='^(__(odr_)?asan|__ubsan|__tsan|__sanitizer|__gcov|__sancov|__start___sancov|__stop___sancov|mangle_path$)'
faults=0

names() { awk 'NF >= 3 { print $3 }' | sed 's/@.*//' | grep -vE "$instruments" | sort -u; }

lacking_prefix() { # WHERE, names on stdin
    local name
    while read -r name; do
        case $name in
        wd_?*) ;;
        *) echo "$1: $name does not start with wd_"; faults=$((faults + 1)) ;;
        esac
    done
}

exported=$(nm --dynamic --defined-only "$shared" | names || true)
[ -n "$exported" ] || { echo "$shared exports nothing"; exit 1; }
lacking_prefix "$(basename "$shared")" <<<"$exported"

global=$(nm --extern-only --defined-only "$static" 2>/dev/null |
    awk '/\.o:$/ { is_cxx = /\.(cc|cpp|cxx)\.o:$/ } NF >= 3 && !(is_cxx && $2 ~ /^[VWu]$/)' | names || true)
[ -n "$global" ] || { echo "$static defines nothing"; exit 1; }
lacking_prefix "$(basename "$static")" <<<"$global"

promised=$(find "$include" -name '*.h' -exec cat {} + | grep -v '^#' | tr '\n' ' ' |
    grep -oE 'WD_API [^;{(]*\(' | sed -E 's/ WD_MUST_CHECK//; s/.*[ *](wd_[a-z0-9_]+)\($/\1/' |
    grep '^wd_' | sort -u || true)
[ -n "$promised" ] || { echo "$include promises nothing"; exit 1; }
while read -r name; do
    echo "$name is promised by a public header and not exported"
    faults=$((faults + 1))
done < <(comm -23 <(echo "$promised") <(echo "$exported"))

[ "$faults" = 0 ] || { echo "$faults symbols are wrong"; exit 1; }
echo "exports: $(wc -l <<<"$exported") symbols, all wd_, all $(wc -l <<<"$promised") promised ones there"
