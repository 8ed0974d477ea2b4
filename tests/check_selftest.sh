#!/usr/bin/env bash
# check_selftest.sh -- the two house checks do find what they are there for.
# SPDX-License-Identifier: Apache-2.0
#
#   tests/check_selftest.sh [C-COMPILER]
#
# Each row makes one wrong move in a tiny tree of its own; the check must fail and name it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cc=${1:-cc}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

report() { # CLAIM OUTPUT WANT STATUS
    if [ "$4" != 1 ] || [[ $2 != *"$3"* ]]; then
        printf 'FAILED: %s: wanted "%s", got (status %s):\n%s\n' "$1" "$3" "$4" "$2"
        failed=1
    fi
}

# A house in which all is well.
make_house() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{include/wiredesk,pipeline/{base,decode,language},daemon,tools}
    cd "$tree"
    echo '#include <stddef.h>' >include/wiredesk/span.h
    printf '#include "tag.h"\n#include "clean.h"\n#include "decode/decode.h"\n#include "language/language.h"\n' >pipeline/stages.c
    touch pipeline/{tag,clean,language/language}.h pipeline/decode/{decode,json}.h pipeline/stages.h
    echo '#include <string.h>' >pipeline/base/utf8.h
    printf '#include "tag.h"\n#include "base/utf8.h"\n#include "tag_rules.h"\n' >pipeline/tag.c
    touch pipeline/tag_rules.h
    printf '#include "wiredesk/span.h"\n' >pipeline/clean.c
    printf '#include <jansson.h>\n#include "decode/json.h"\n' >pipeline/decode/json.c
    echo '#include <cld2/public/compact_lang_det.h>' >pipeline/language/language_cld2.cc
    printf '#include <uv.h>\n#include "log.h"\n#include "wiredesk/span.h"\n' >daemon/main.c
    touch daemon/log.h tools/view.h
    printf '#include <jansson.h>\n#include "view.h"\n' >tools/main.c
}

breaks() { # CLAIM FILE LINE WANT
    local output status=0
    make_house
    echo "$3" >>"$2"
    output=$("$here/check_layers.sh" "$tree" 2>&1) || status=$?
    report "$1" "$output" "$4" "$status"
}

make_house
"$here/check_layers.sh" "$tree" >/dev/null || { echo "FAILED: a clean house is refused"; failed=1; }

breaks "a stage sees another stage" pipeline/tag.c '#include "clean.h"' "stage tag includes stage clean"
breaks "a stage sees another one's rules" pipeline/clean.c '#include "tag_rules.h"' "stage clean includes stage tag"
breaks "a stage sees into a stage's folder" pipeline/tag.c '#include "decode/json.h"' "stage tag includes stage decode"
breaks "a folder's file sees another stage" pipeline/decode/json.c '#include "../tag.h"' "stage decode includes stage tag"
breaks "the ground sees a stage" pipeline/base/utf8.h '#include "tag.h"' "the ground includes stage tag"
breaks "the ground sees the table" pipeline/base/utf8.h '#include "stages.h"' "stands above the stages"
breaks "the pipeline sees the daemon" pipeline/base/utf8.h '#include "../daemon/log.h"' "not in pipeline/"
breaks "jansson enters twice" pipeline/tag.c '#include <jansson.h>' "through pipeline/decode/json.c alone"
breaks "Kafka enters the pipeline" pipeline/tag.c '#include <librdkafka/rdkafka.h>' "not on the list"
breaks "a clock enters the pipeline" pipeline/base/utf8.h '#  include <time.h>' "not on the list"
breaks "C++ sees a C library" pipeline/language/language_cld2.cc '#include <uv.h>' "not on the list"
breaks "a public header sees the inside" include/wiredesk/span.h '#include "utf8.h"' "wiredesk/ alone"
breaks "a public header needs a library" include/wiredesk/span.h '#include <jansson.h>' "libc alone"
breaks "the daemon sees the pipeline" daemon/main.c '#include "../pipeline/base/utf8.h"' "daemon/ sees include/wiredesk/"
breaks "the daemon sees a header by luck" daemon/main.c '#include "utf8.h"' "from nowhere"
breaks "a tool sees the daemon" tools/main.c '#include "../daemon/log.h"' "tools/ sees include/wiredesk/"
breaks "a header is missing" tools/main.c '#include "wiredesk/none.h"' "does not exist"
make_house
echo '#include "b.h"' >daemon/a.h
echo '#include "a.h"' >daemon/b.h
status=0
output=$("$here/check_layers.sh" "$tree" 2>&1) || status=$?
report "two headers include each other" "$output" "in a circle of includes" "$status"

exports() { # CLAIM SOURCE WANT
    local output status=0
    make_house
    echo '#define WD_API __attribute__((visibility("default")))' >include/wiredesk/api.h
    echo 'WD_API const char *wd_name(int number);' >>include/wiredesk/api.h
    echo "$2" >library.c
    "$cc" -w -fPIC -fvisibility=hidden -c library.c -o library.o
    "$cc" -shared library.o -o library.so
    ar rcs library.a library.o
    output=$("$here/check_exports.sh" library.so library.a include 2>&1) || status=$?
    if [ -z "$3" ]; then status=$((status + 1)); fi
    report "$1" "$output" "$3" "$status"
}

visible='__attribute__((visibility("default")))'
fine="$visible const char *wd_name(int n) { return 0; }"
exports "a clean library passes" "$fine" ""
exports "an export lacks its prefix" "$fine $visible int name(void) { return 1; }" "library.so: name does not"
exports "a variable lacks its prefix" "$fine $visible int count = 1;" "library.so: count does not"
exports "a hidden global lacks its prefix" "$fine int helper(void) { return 1; }" "library.a: helper does not"
exports "a static function may be called anything" "$fine static int helper(void) { return 1; }" ""
exports "a promise is not kept" "$visible int wd_other(void) { return 1; }" "wd_name is promised"
exports "a promised function is hidden" "const char *wd_name(int n) { return 0; } $visible int wd_other;" "wd_name is promised"

[ "$failed" = 0 ] || exit 1
echo "house checks: every wrong move is found"
