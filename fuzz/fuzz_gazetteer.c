/* fuzz_gazetteer.c -- tables and compiled files of names from anywhere. The first byte
 * says what the rest is: 'b' a compiled file as it stands, 'c' one whose checksum is made
 * right first (so that what lies behind it is reached), anything else a table.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/datafile.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/name_words.h"
#include "wiredesk/gazetteer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts in every build: assert() is left out of some. */
static void require(bool holds)
{
    if (!holds)
        abort();
}

static void count_fault(void *arg, size_t line, const char *message)
{
    require(line > 0 && message[0]);
    ++*(int *)arg;
}

/* Reads every byte, so that the sanitizer sees each. */
static void touch(struct wd_str str)
{
    static volatile char sink;
    for (size_t i = 0; i < str.size; i++)
        sink = str.data[i];
    (void)sink;
}

/* Words lie inside the text, in order, on character boundaries; every name that begins
 * at any word can be followed to its end. */
static void walk(const struct wd_gazetteer *gaz, struct wd_str text)
{
    struct wd_name_word name;
    uint32_t at = 0, last_end = 0, node = 0;
    while (wd_name_word_next(text, &at, &name)) {
        require(name.span.start >= last_end && name.span.end > name.span.start);
        require(name.span.end <= text.size && name.span.end <= at);
        require(wd_utf8_is_start(text.data[name.span.start]));
        last_end = name.span.end;

        const struct wd_gaz_word *word = wd_gazetteer_word(gaz, name.hash);
        uint32_t next = word && node ? wd_gazetteer_step(gaz, node, word->id) : 0;
        node = next ? next : word ? word->node : 0;
        size_t count = 0;
        const uint32_t *posting = node ? wd_gazetteer_postings(gaz, node, &count) : NULL;
        for (size_t i = 0; i < count; i++) {
            const struct wd_gaz_entity *entity = wd_gazetteer_entity(gaz, posting[i]);
            struct wd_str string = wd_gazetteer_string(gaz, entity->name);
            touch(string);
        }
    }
}

static void read_compiled(const uint8_t *data, size_t size, bool is_mended)
{
    char *copy = aligned_alloc(64, (size + 64) & ~(size_t)63);
    struct wd_gazetteer gaz;
    require(copy != NULL);
    memcpy(copy, data, size);
    struct wd_datafile_header *head = (struct wd_datafile_header *)(void *)copy;
    if (is_mended && size >= sizeof(*head)) {
        const size_t summed = offsetof(struct wd_datafile_header, size);
        head->size = size;
        head->checksum = XXH3_64bits(copy + summed, size - summed);
    }
    struct wd_error err;
    if (wd_gazetteer_view((struct wd_str){copy, size}, "fuzz", &gaz, &err) == WD_OK)
        walk(&gaz, WD_STR("Paris Hilton of the U.S. met al-Qaeda\xe2\x80\x99s O'Brien"));
    else
        require(err.message[0]);
    free(copy);
}

static void read_table(struct wd_str table)
{
    int n_faults = 0;
    struct wd_buf buf;
    struct wd_gazetteer gaz;
    struct wd_error err;
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    require(gb != NULL);
    require(wd_gazetteer_builder_add(gb, table, count_fault, &n_faults) == n_faults);
    wd_buf_init(&buf, 1 << 28);
    require(wd_gazetteer_builder_write(gb, &buf) == WD_OK);
    require(wd_gazetteer_view(wd_buf_str(&buf), "fuzz", &gaz, &err) == WD_OK);
    if (wd_utf8_valid_prefix(table) == table.size)
        walk(&gaz, table);
    wd_buf_done(&buf);
    wd_gazetteer_builder_free(gb);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] == 'b' || data[0] == 'c')
        read_compiled(data + 1, size - 1, data[0] == 'c');
    else
        read_table((struct wd_str){(const char *)data + 1, size - 1});
    return 0;
}
