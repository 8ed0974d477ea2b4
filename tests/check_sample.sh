#!/usr/bin/env bash
# check_sample.sh WIREDESKD SAMPLE REFERENCE -- the sample configuration and the reference page say
# what the daemon's table of settings says: every key once, with its default.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
wiredeskd=$1 sample=$2 reference=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# data_dir follows from where the program lies; its default in the file is "empty".
settings() { sed -e 's/^data_dir = .*/data_dir =/' -e 's/[[:space:]]*$//' "$1" | grep -vE '^(;.*)?$'; }

"$wiredeskd" -c "$sample" --check >"$work/check" 2>&1 || { cat "$work/check"; exit 1; }
"$wiredeskd" --print-config >"$work/defaults"
if ! diff <(settings "$work/defaults") <(settings "$sample"); then
    echo "check_sample: $sample (right) is not the list of defaults (left)" >&2
    exit 1
fi
"$wiredeskd" --config-reference >"$work/reference"
if ! diff "$work/reference" "$reference"; then
    echo "check_sample: make $reference again with wiredeskd --config-reference" >&2
    exit 1
fi
echo "check_sample: the sample and the reference agree with the daemon"
