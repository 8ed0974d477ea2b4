#!/usr/bin/env bash
# check_install.sh -- what `cmake --install` lays down is whole: a stranger's program finds the
# library by pkg-config and by find_package, shared and static, also after the tree was moved.
# SPDX-License-Identifier: Apache-2.0
#
#   tests/check_install.sh BUILD-FOLDER C-COMPILER [FLAGS]
set -euo pipefail

build=$1 cc=$2
read -ra flags <<<"${3:-}"
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/tree"
tree=$work/tree

for path in bin/wiredesk bin/wiredeskd include/wiredesk/pipeline.h; do
    [ -e "$tree/$path" ] || { echo "$path is not installed"; exit 1; }
done
pc=$(find "$tree" -name libwiredesk.pc)
libdir=$(dirname "$(dirname "$pc")")
for path in libwiredesk.so libwiredesk.a cmake/wiredesk/wiredesk-config.cmake; do
    [ -e "$libdir/$path" ] || { echo "$path is not installed"; exit 1; }
done

export PKG_CONFIG_PATH=${pc%/*} LD_LIBRARY_PATH=$libdir
version=$(pkg-config --modversion libwiredesk)
[ "$("$tree/bin/wiredesk" --version)" = "wiredesk $version" ] ||
    { echo "libwiredesk.pc says $version, wiredesk says $("$tree/bin/wiredesk" --version)"; exit 1; }

# The words of pkg-config are words for the compiler.
read -ra cflags <<<"$(pkg-config --cflags libwiredesk)"
read -ra shared <<<"$(pkg-config --libs libwiredesk)"
# Our library static, what it needs shared: not `--static`, which would ask for the static parts
# of all that those need.
mapfile -t needed < <(pkg-config --print-requires-private libwiredesk)
read -ra private <<<"$(sed -n 's/^Libs.private: //p' "$pc") $(pkg-config --libs "${needed[@]}")"
"$cc" "${flags[@]}" "${cflags[@]}" "$source/docs/example.c" "${shared[@]}" -o "$work/shared"
"$cc" "${flags[@]}" "${cflags[@]}" "$source/docs/example.c" "$libdir/libwiredesk.a" \
    "${private[@]}" -o "$work/static"
if ldd "$work/static" | grep -q libwiredesk; then echo "the static program needs libwiredesk.so"; exit 1; fi

mkdir "$work/project"
cat >"$work/project/CMakeLists.txt" <<PROJECT
cmake_minimum_required(VERSION 3.25)
project(stranger C)
find_package(wiredesk ${version%.*} REQUIRED)
add_executable(stranger $source/docs/example.c)
target_link_libraries(stranger PRIVATE wiredesk::wiredesk)
PROJECT
{
    cmake -G Ninja -S "$work/project" -B "$work/project/build" -DCMAKE_PREFIX_PATH="$tree" \
        -DCMAKE_C_COMPILER="$cc" -DCMAKE_C_FLAGS="${flags[*]}" && cmake --build "$work/project/build"
} >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

for program in "$work/shared" "$work/static" "$work/project/build/stranger"; do
    "$source/tests/check_example.sh" "$program" "$build/share/wiredesk" >/dev/null ||
        { echo "that was $(basename "$program")"; exit 1; }
done
echo "installed: programs, headers, libraries; pkg-config and find_package lead to them"
