/* pages.c -- maps memory, and asks for huge pages.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The desk jumps about in what it remembers. With a million articles that is 600 MB, and
 * with pages of 4 KB the processor has to look up nearly every address in tables that are
 * in no cache either: a jump takes 310 ns where it takes 170 with huge pages (measured on
 * a virtual machine, which walks two such tables). malloc() gives huge pages only to
 * those who set its tunables.
 *
 * Kernels without huge pages give small ones; nothing else changes. */
#include "pages.h"

#include <stdint.h>
#include <sys/mman.h>

static size_t whole(size_t size)
{
    return (size + WD_HUGE_BYTES - 1) / WD_HUGE_BYTES * WD_HUGE_BYTES;
}

/* Kernels before 6.7 do not align of themselves: more is mapped, and its ends cut off. */
void *wd_pages_new(size_t size, size_t small_bytes)
{
    size = whole(size);
    void *room = mmap(NULL, size + WD_HUGE_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        return NULL;
    size_t head = -(uintptr_t)room & (WD_HUGE_BYTES - 1);
    char *pages = (char *)room + head;
    if (head > 0)
        (void)munmap(room, head); /* a part of what was just mapped */
    (void)munmap(pages + size, WD_HUGE_BYTES - head);
    if (small_bytes < size)
        (void)madvise(pages + small_bytes, size - small_bytes, MADV_HUGEPAGE);
    return pages;
}

void wd_pages_free(void *pages, size_t size)
{
    if (pages)
        (void)munmap(pages, whole(size)); /* it fails only for what is no mapping */
}
