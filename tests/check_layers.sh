#!/usr/bin/env bash
# check_layers.sh -- the drawing of the house, as a test: includes point down only.
# SPDX-License-Identifier: Apache-2.0
#
#   tests/check_layers.sh [ROOT]
#
#   daemon/ tools/ ──▸ include/ ◂── pipeline/
#
# include/   the C standard's headers and each other.
# pipeline/  include/, its own headers, tables of data/ and a closed list of libc's: no clock, no
#            locale, no thread.
#            Each outside library enters through the one file named below. A stage does not see
#            another stage (its file and header, NAME_*.[ch] and the folder NAME/ are its room);
#            what is no stage and not above the stages does not see them either.
# daemon/    include/ and its own headers; outside libraries as it likes. tools/ likewise.
# Nowhere do headers include one another in a circle.
set -euo pipefail

root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
cd "$root"

libc='assert ctype endian errno fcntl float inttypes limits math stdalign stdarg stdbool stddef
    stdint stdio stdlib string sys/mman sys/stat sys/types unistd'
declare -A only_in=(
    [jansson.h]=pipeline/decode/json.c
    [libxml/]=pipeline/decode/xml.c
    [iconv.h]=pipeline/decode/charset.c
    [uchardet]=pipeline/decode/charset.c
    [cld2/]=pipeline/language/language_cld2.cc
    [xxhash.h]=pipeline/base/hash.h
    [cpuid.h]=pipeline/base/sha256_x86.c
    [emmintrin.h]=pipeline/base/block.h
    [immintrin.h]=pipeline/base/sha256_x86.c
    [stdatomic.h]=pipeline/base/sha256_x86.c
)
# Above the stages: these may see them.
readonly above=' pipeline/stages pipeline/pipeline pipeline/desk/desk pipeline/chain '

faults=0
fault() { printf '%s: %s\n' "$1" "$2"; faults=$((faults + 1)); }

# "FILE INCLUDE" lines of all sources below the folders, or of the files.
includes_in() {
    grep -rHE --include='*.[ch]' --include='*.cc' '^[[:space:]]*#[[:space:]]*include' "$@" |
        sed -nE 's/^([^:]+):[^<"]*([<"][^>"]+)[>"].*/\1 \2/p' | sort
}

is_libc() { [[ " ${libc//$'\n'/ } " == *" ${1%.h} "* ]]; }

# The stages are the headers that stages.c includes.
stage_names() {
    includes_in pipeline/stages.c | sed -nE 's/^[^ ]+ "([a-z0-9_/]+)\.h$/\1/p' |
        grep -vxE 'wiredesk/.*|stages|chain' | sed 's|.*/||' | sort -u
}

# $room_of: the stage in whose room a file of pipeline/ is; nothing for the ground.
find_room() {
    local path=${1#pipeline/} stage
    room_of=
    path=${path#desk/} # two stages share its tables
    for stage in "${stages[@]}"; do
        case $path in
        "$stage".* | "$stage"_* | "$stage"/*) [ ${#stage} -le ${#room_of} ] || room_of=$stage ;;
        esac
    done
}

# $target: where "NAME" leads, seen from $1: beside the file, then from the folder $3 on.
resolve() {
    target=${1%/*}/$2
    [ -e "$target" ] || target=$3/$2
    [ -e "$target" ] || target=
    while [[ $target =~ ^(.*/)?[^/]+/\.\./(.*)$ ]]; do
        target=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
    done
}

check_public() { # FILE INCLUDE
    case $2 in
    '<'*) is_libc "${2#<}" || fault "$1" "includes $2>: a public header needs libc alone" ;;
    '"wiredesk/'*) [ -e "include/${2#\"}" ] || fault "$1" "includes $2\", which does not exist" ;;
    *) fault "$1" "includes $2\": public headers see wiredesk/ alone" ;;
    esac
}

check_outside() { # FILE HEADER, in pipeline/
    local library
    for library in "${!only_in[@]}"; do
        [[ $2 == "$library"* ]] || continue
        [ "$1" = "${only_in[$library]}" ] ||
            fault "$1" "includes <$2>, which enters through ${only_in[$library]} alone"
        return 0
    done
    is_libc "$2" || [[ $1 == *.cc && $2 != *.h ]] ||
        fault "$1" "includes <$2>, which is not on the list of what the pipeline may see"
}

check_pipeline() { # FILE INCLUDE
    local room target target_room
    case $2 in
    '<'*) check_outside "$1" "${2#<}"; return ;;
    '"wiredesk/'*) check_public "$@"; return ;;
    esac
    resolve "$1" "${2#\"}" pipeline
    [[ $target != data/*.h ]] || return 0
    if [[ $target != pipeline/* ]]; then
        fault "$1" "includes $2\", which is not in pipeline/"
        return
    fi
    find_room "$1"
    room=$room_of
    find_room "$target"
    target_room=$room_of
    if [ -n "$target_room" ] && [ "$room" != "$target_room" ] && [[ $above != *" ${1%.*} "* ]]; then
        if [ -n "$room" ]; then
            fault "$1" "stage $room includes stage $target_room (${target#pipeline/}); what both need belongs to the ground"
        else
            fault "$1" "the ground includes stage $target_room (${target#pipeline/})"
        fi
    elif [[ $above != *" ${1%.*} "* && $above == *" ${target%.*} "* && ${1%.*} != "${target%.*}" ]]; then
        fault "$1" "includes ${target#pipeline/}, which stands above the stages"
    fi
}

check_program() { # FILE INCLUDE: of daemon/ or tools/
    local target folder=${1%%/*}
    case $2 in
    '<wiredesk/'* | '"wiredesk/'*) [ -e "include/${2#?}" ] || fault "$1" "includes $2, which does not exist" ;;
    '<'*) ;;
    *)
        resolve "$1" "${2#\"}" "$folder"
        [[ $target == "$folder"/* ]] ||
            fault "$1" "includes $2\" from ${target:-nowhere}: $folder/ sees include/wiredesk/ and itself alone"
        ;;
    esac
}

check_each() { # RULE FOLDER
    local file include
    while read -r file include; do "$1" "$file" "$include"; done < <(includes_in "$2")
}

# tsort names the members of a loop on stderr.
check_circles() {
    local file include target loop
    loop=$(
        includes_in include pipeline daemon tools | sed -n 's/ "/ /p' |
            while read -r file include; do
                [[ $file == *.h ]] || continue
                resolve "$file" "$include" "${file%%/*}"
                echo "$file ${target:-include/$include}"
            done | tsort 2>&1 >/dev/null | sed -n 's/^tsort: //p' | grep '\.h$' | paste -sd ' '
    ) || true
    [ -z "$loop" ] || fault "${loop%% *}" "is in a circle of includes: $loop"
}

mapfile -t stages < <(stage_names)
[ ${#stages[@]} -gt 0 ] || { echo "pipeline/stages.c names no stage: is $root the project?"; exit 2; }

check_each check_public include
check_each check_pipeline pipeline
check_each check_program daemon
check_each check_program tools
check_circles

[ "$faults" = 0 ] || { echo "$faults includes point the wrong way"; exit 1; }
echo "layers: all includes point down (${#stages[@]} stages: ${stages[*]})"
