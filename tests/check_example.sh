#!/usr/bin/env bash
# check_example.sh -- docs/example.c does what it says.
# SPDX-License-Identifier: Apache-2.0
#
#   tests/check_example.sh PROGRAM DATA-DIR
set -euo pipefail

text='Harbour tunnel opens to traffic after nine years

The first cars drove through the new harbour tunnel on Monday morning. The mayor called it a good day for the city.'

out=$(printf '%s' "$text" | "$1" "$2")
for want in '"uri":"ni:///sha-256;' '"language":"en"' '"wiredesk":{' '"verdict":"unique"' 'harbour tunnel on Monday'; do
    [[ $out == *"$want"* ]] || { printf 'wanted %s in:\n%s\n' "$want" "$out"; exit 1; }
done

# What cannot be enriched is refused with the reason, not with a crash or a document.
status=0
out=$(printf '  \n' | "$1" "$2" 2>&1) || status=$?
[[ $status = 1 && $out == 'example: '*'white space'* ]] ||
    { printf 'blank text: status %s, said:\n%s\n' "$status" "$out"; exit 1; }
echo "the example enriches a text and refuses a blank one"
