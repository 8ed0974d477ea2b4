/* hostile_bulk.h -- what hostile records of a megabyte are made of, for tests and
 * benchmarks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_HOSTILE_BULK_H
#define WD_HOSTILE_BULK_H

#include <stdlib.h>
#include <string.h>

#include "wiredesk/span.h"

#define MEBIBYTE (1024 * 1024)

/* `unit` again and again between `head` and `tail`, as often as it fits into `size`. */
struct hostile_bulk {
    const char *head;
    const char *unit;
    const char *tail;
    const char *type; /* NULL: the bytes say what they are */
    size_t size;
    const char *status; /* that is due */
};

static const struct hostile_bulk hostile_bulks[] = {
    {"", "word ", "", NULL, MEBIBYTE, "ok"},
    {"", "word ", "12345", NULL, MEBIBYTE + 5, "too-large"},
    {"", "word ", "", NULL, 100 * MEBIBYTE, "too-large"},
    {"", " ", "", NULL, MEBIBYTE, "blank"},
    {"", "\xc2\xa0", "", NULL, MEBIBYTE, "blank"},
    /* a million levels, in the shapes that parsers recurse on */
    {"", "[", "", "application/json", MEBIBYTE, "json-depth"},
    {"", "{\"a\":", "", NULL, MEBIBYTE, "json-depth"},
    {"", "[{\"a\":", "", NULL, MEBIBYTE, "json-depth"},
    {"{\"body\":\"b\",\"x\":", "[", "", NULL, MEBIBYTE, "json-depth"},
    {"{\"body\":\"", "[", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "\\u0041", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "\\\\", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "\\", "", NULL, MEBIBYTE, "json-syntax"},
    {"{\"body\":\"b\",\"x\":[", "0,", "0]}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"b\",\"x\":", "9", "}", NULL, MEBIBYTE, "json-number"},
    {"{\"body\":\"b\",\"author\":[", "\"a\",", "\"a\"]}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"b\",\"id\":\"", "x", "\"}", NULL, MEBIBYTE, "limit"},
    {"{\"body\":\"b\",\"id\":\"x:", "x", "\"}", NULL, 2000, "ok"},
    {"{\"body\":\"b\",\"title\":\"", "&amp;", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"b\",\"title\":\"", "&", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "<a ", "\"}", NULL, MEBIBYTE, "ok"},
    {"{\"body\":\"", "<p ", "\"}", NULL, MEBIBYTE, "ok"},
    /* HTML that makes parsers walk their stacks */
    {"", "<div>", "x", NULL, MEBIBYTE, "markup-depth"},
    {"<p>x", "<b>", "", NULL, MEBIBYTE, "markup-depth"},
    {"<p>x", "</b>", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<p>x", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<b></i>", "", NULL, MEBIBYTE, "markup-depth"},
    {"<p>x", "<br>", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<!--", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "&", "", NULL, MEBIBYTE / 4, "ok"},
    {"<p>x", "\"&a", "", NULL, MEBIBYTE / 4, "ok"},
    {"<p>x", "&lt;", "", NULL, MEBIBYTE, "ok"},
    {"<p>x<a ", "b=c ", ">", NULL, 64 * 1024, "ok"},
    {"<p>x", "<td>", "", NULL, MEBIBYTE, "ok"},
    {"<p>x", "<script>", "", NULL, MEBIBYTE, "ok"},
    /* XML in its costly shapes */
    {"<nitf>", "<p>", "", NULL, MEBIBYTE, "markup-depth"},
    {"<nitf><body>", "<p>x</p>", "</body></nitf>", NULL, MEBIBYTE, "limit"},
    {"<nitf><body>", "<p>a word and another</p>", "</body></nitf>", NULL, MEBIBYTE, "ok"},
    {"<nitf><body><p>", "word ", "</p></body></nitf>", NULL, MEBIBYTE, "ok"},
    {"<nitf><body><p>", "&lt;", "</p></body></nitf>", NULL, MEBIBYTE / 2, "ok"},
    {"<nitf><body><p>", "&eacute;", "</p></body></nitf>", NULL, MEBIBYTE, "ok"},
    {"<nitf><body><p ", "a ", "/></body></nitf>", NULL, MEBIBYTE, "xml-syntax"},
    {"<nitf a=\"", "&eacute;", "\"><body>b</body></nitf>", NULL, MEBIBYTE / 16, "ok"},
    {"<!DOCTYPE a [<!ENTITY x \"", "a long text ", "\">]><nitf>&x;</nitf>", NULL,
     MEBIBYTE / 2, "no-text"},
    {"<!DOCTYPE a [<!ENTITY x \"0123456789012345678901234567890123456789\">]>"
     "<nitf><body>",
     "&x;", "</body></nitf>", NULL, MEBIBYTE / 2, "xml-entity"},
    {"<?xml version='1.0'?>", "<!-- -->", "<nitf/>", NULL, MEBIBYTE, "no-text"},
};

#define N_HOSTILE_BULKS (sizeof(hostile_bulks) / sizeof(hostile_bulks[0]))

/* The bytes are the caller's to free; a NULL pointer without memory. */
static inline struct wd_str hostile_bulk_make(const struct hostile_bulk *bulk)
{
    size_t unit_size = strlen(bulk->unit), tail_size = strlen(bulk->tail);
    size_t used = strlen(bulk->head);
    char *bytes = malloc(bulk->size);
    if (!bytes)
        return (struct wd_str){NULL, 0};
    memcpy(bytes, bulk->head, used);
    for (; used + unit_size + tail_size <= bulk->size; used += unit_size)
        memcpy(bytes + used, bulk->unit, unit_size);
    memcpy(bytes + used, bulk->tail, tail_size);
    return (struct wd_str){bytes, used + tail_size};
}

#endif
