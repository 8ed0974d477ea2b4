/* prolog.c -- what stands before an XML document's outermost element, skipped to learn
 * its name: enough to choose a reader, before anything is parsed.
 * SPDX-License-Identifier: Apache-2.0 */
#include "xml.h"

static struct wd_str behind(struct wd_str bytes, size_t size)
{
    return (struct wd_str){bytes.data + size, bytes.size - size};
}

static struct wd_str skip_space(struct wd_str bytes)
{
    while (bytes.size && (unsigned char)bytes.data[0] <= ' ')
        bytes = behind(bytes, 1);
    return bytes;
}

static bool starts(struct wd_str bytes, const char *mark)
{
    return bytes.size >= strlen(mark) && memcmp(bytes.data, mark, strlen(mark)) == 0;
}

/* Behind the first `mark`; empty when there is none. */
static struct wd_str skip_past(struct wd_str bytes, const char *mark)
{
    const char *at = memmem(bytes.data, bytes.size, mark, strlen(mark));
    return at ? behind(bytes, (size_t)(at - bytes.data) + strlen(mark))
              : (struct wd_str){0};
}

/* A document type may hold declarations in brackets. */
static struct wd_str skip_doctype(struct wd_str bytes)
{
    const char *bracket = memchr(bytes.data, '[', bytes.size);
    const char *end = memchr(bytes.data, '>', bytes.size);
    if (bracket && end && bracket < end)
        bytes = skip_past(bytes, "]");
    return bytes.size ? skip_past(bytes, ">") : bytes;
}

struct wd_str wd_xml_root_name(struct wd_str bytes)
{
    for (bytes = skip_space(bytes); bytes.size > 1; bytes = skip_space(bytes)) {
        if (starts(bytes, "<?"))
            bytes = skip_past(bytes, "?>");
        else if (starts(bytes, "<!--"))
            bytes = skip_past(bytes, "-->");
        else if (starts(bytes, "<!"))
            bytes = skip_doctype(bytes);
        else
            break;
    }
    if (bytes.size < 2 || bytes.data[0] != '<')
        return (struct wd_str){0};
    bytes = behind(bytes, 1);
    size_t size = 0, start = 0;
    for (; size < bytes.size && !strchr(" \t\r\n/>", bytes.data[size]); size++) {
        if (bytes.data[size] == ':')
            start = size + 1;
    }
    return (struct wd_str){bytes.data + start, size - start};
}
