#!/usr/bin/env bash
# check_hardening.sh -- programs and library carry what the compiler has against exploits.
# SPDX-License-Identifier: Apache-2.0
#
#   tests/check_hardening.sh FILE…       each an ELF program or shared library
#
# Read from the files themselves, so that a flag that was lost on its way through the build is seen.
# Where hardening-check(1) is installed (devscripts) it has to say yes as well: it also knows the
# probes of -fstack-clash-protection.
set -euo pipefail

faults=0

want() { # FILE WHAT TEXT PATTERN
    grep -qE "$4" <<<"$3" || { echo "$(basename "$1"): no $2"; faults=$((faults + 1)); }
}

for file; do
    header=$(readelf --wide --file-header "$file")
    segments=$(readelf --wide --program-headers "$file")
    dynamic=$(readelf --wide --dynamic "$file")
    symbols=$(readelf --wide --dyn-syms "$file")
    want "$file" "position-independent code" "$header" 'Type: *DYN'
    want "$file" "read-only relocations" "$segments" 'GNU_RELRO'
    want "$file" "binding at start" "$dynamic" '\(FLAGS\).*BIND_NOW|\(FLAGS_1\).*NOW'
    want "$file" "stack that is never run" "$segments" 'GNU_STACK.* RW '
    want "$file" "stack protector" "$symbols" '__stack_chk_fail'
    want "$file" "fortified calls" "$symbols" '__(mem|str|v?s?n?printf|v?f?printf|read)[a-z]*_chk'
    if grep -q 'X86-64' <<<"$header"; then
        want "$file" "control-flow protection" "$(readelf --wide --notes "$file")" 'IBT.*SHSTK'
    fi
    if command -v hardening-check >/dev/null && ! said=$(hardening-check "$file"); then
        echo "$said"
        faults=$((faults + 1))
    fi
done

[ "$faults" = 0 ] || { echo "$faults protections are missing"; exit 1; }
echo "hardened: $# files"
