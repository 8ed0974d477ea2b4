#!/usr/bin/env bash
# check_links.sh ROOT -- every relative link in the pages of ROOT leads to something.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
root=$1
bad=0 n=0
while IFS= read -r page; do
    while IFS= read -r target; do
        n=$((n + 1))
        if [ ! -e "$(dirname "$page")/$target" ]; then
            echo "check_links: ${page#"$root"/} leads to $target, which is not there" >&2
            bad=1
        fi
    done < <(grep -oE '\]\([^)]+\)' "$page" | sed -E 's/^\]\(//; s/\)$//; s/#.*//' |
        grep -vE '^$|^[a-z]+:' || true)
done < <(find "$root" -maxdepth 1 -name '*.md'; find "$root/docs" "$root/data" -name '*.md')
[ "$n" -gt 0 ] || { echo "check_links: no link was found, so nothing was checked" >&2; exit 1; }
[ "$bad" = 0 ] && echo "check_links: $n links lead somewhere"
