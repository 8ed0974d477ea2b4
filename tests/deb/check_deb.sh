#!/usr/bin/env bash
# check_deb.sh -- the Debian packages are without error, go into a bare Debian 12, work there, and
# leave again without a trace.
# SPDX-License-Identifier: Apache-2.0
#
# WD_DEBIAN_ROOT   a folder with a bare Debian 12 (without it one is made, once, by debootstrap)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
base=${WD_DEBIAN_ROOT:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/wiredesk/debian-12}
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

skip() { echo "check_deb: $*; skipped"; exit 77; }
fail() { echo "check_deb: $*"; exit 1; }

command -v lintian >/dev/null || skip "lintian is missing (script/bootstrap test)"
[ "$(id -u)" = 0 ] || skip "only root may make a root of its own"

"$root/script/package" "$work/deb" >/dev/null
packages=$(cd "$work/deb" && for deb in *.deb; do echo "${deb%%_*}"; done | xargs)
[ "$packages" = "libwiredesk-dev libwiredesk0 wiredesk-data wiredesk wiredeskd" ] ||
    fail "the packages are: $packages"
said=$(lintian --tag-display-limit 0 "$work"/deb/*.deb 2>&1 || true)
! grep '^E:' <<<"$said" || fail "lintian finds errors"
echo "lintian: no error, $(grep -c '^W:' <<<"$said" || true) warnings"

# ---------------------------------------------------------------- a bare Debian

make_base() {
    command -v debootstrap >/dev/null || skip "debootstrap is missing (script/bootstrap test)"
    local mirror
    # Old form or new; one of the files may be missing, and cat says so.
    mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null || true; } |
        awk '!mirror && /^URIs:|^deb / { mirror = $2 } END { print mirror }')
    rm -rf "$base.part"
    mkdir -p "$base.part"
    debootstrap --variant=minbase --include=ca-certificates bookworm "$base.part" \
        "${mirror:-http://deb.debian.org/debian}" >"$work/log" 2>&1 ||
        skip "no Debian can be had: $(tail -n 1 "$work/log")"
    mv "$base.part" "$base"
}
[ -d "$base/usr" ] || make_base

bare=$work/root
cp -a --reflink=auto "$base" "$bare"
# Its packages come from where ours come from.
rm -rf "$bare/etc/apt/sources.list" "$bare/etc/apt/sources.list.d"
cp -a /etc/apt/sources.list* /etc/apt/apt.conf.d "$bare/etc/apt/"
cp /etc/resolv.conf /etc/hosts "$bare/etc/"
mkdir -p "$bare/usr/local/share/ca-certificates" "$bare/deb"
cp -a /usr/local/share/ca-certificates/. "$bare/usr/local/share/ca-certificates/"
cp "$work"/deb/*.deb "$bare/deb/"
cp "$root"/tests/seeds/000_*.txt "$bare/article.txt"

inside() {
    unshare --mount --pid --fork sh -c '
        mount --bind /dev "$0/dev" && mount -t proc proc "$0/proc" &&
        exec chroot "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
            LANG=C.UTF-8 sh -ec "$1"' "$bare" "$1"
}
inside 'update-ca-certificates; apt-get update -qq' >"$work/log" 2>&1 ||
    skip "the package sources cannot be read from a bare Debian: $(tail -n 1 "$work/log")"
inside 'cd /deb && apt-get install -y -qq --no-install-recommends \
    ./wiredeskd_* ./wiredesk_* ./wiredesk-data_* ./libwiredesk0_*' >"$work/log" 2>&1 ||
    { tail "$work/log"; fail "they cannot be installed"; }

# ---------------------------------------------------------------- what works there

inside 'wiredesk enrich /article.txt' >"$work/out"
grep -q '"name":"Helsinki","rel":"mentions","uri":"https://' "$work/out" &&
    grep -q '"tagger":"' "$work/out" ||
    fail "wiredesk enrich finds no gazetteer or no model there: $(head -c 300 "$work/out")"
rights=$(inside 'stat -c "%U:%G %a" /etc/wiredesk /etc/wiredesk/wiredeskd.conf' | xargs)
[ "$rights" = "root:wiredesk 750 root:wiredesk 640" ] || fail "the settings have the rights $rights"
inside 'setpriv --reuid wiredesk --regid wiredesk --clear-groups \
    wiredeskd -c /etc/wiredesk/wiredeskd.conf --check' >/dev/null ||
    fail "the user wiredesk cannot read settings and data"
inside 'ldconfig -p | grep -q libwiredesk.so.0' || fail "the library is not found"

# An administrator's changes outlive an upgrade, and a purge takes everything.
inside 'sed -i "s/^topics = .*/topics = mine/" /etc/wiredesk/wiredeskd.conf
    cd /deb && apt-get install -y -qq --reinstall ./wiredeskd_*' >"$work/log" 2>&1
inside 'grep -q "^topics = mine" /etc/wiredesk/wiredeskd.conf' || fail "an upgrade took the settings away"
inside 'apt-get purge -y -qq wiredeskd wiredesk libwiredesk0 wiredesk-data' >"$work/log" 2>&1 ||
    { tail "$work/log"; fail "they cannot be removed"; }
left=$(inside 'find /etc /usr -path "*wiredesk*"' | xargs)
[ -z "$left" ] || fail "after the purge there are still: $left"
echo "check_deb: installed, used and removed in a bare Debian"
