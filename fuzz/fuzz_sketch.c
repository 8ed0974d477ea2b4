/* fuzz_sketch.c -- bytes as a sketch record: refused, or in their one spelling.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The checksum would keep the fuzzer out, so the bytes are tried as they are and once
 * more behind a checksum that fits. */
#include <stdlib.h>

#include "base/hash.h"
#include "wiredesk/buf.h"
#include "wiredesk/sketch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_ascending(const uint16_t *hashes, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        require(hashes[i] > hashes[i - 1]);
}

static void try_bytes(struct wd_str bytes, struct wd_sketch_scratch **scratch)
{
    struct wd_sketch sketch;
    struct wd_error err = {0};
    int r = wd_sketch_decode(bytes, &sketch, scratch, &err);
    if (r < 0) {
        require(err.status == r && err.message[0] != '\0');
        return;
    }
    check_ascending(sketch.prints, sketch.n_prints);
    for (uint32_t i = 1; i < sketch.n_keys; i++)
        require(sketch.keys[i] > sketch.keys[i - 1]);
    check_ascending(sketch.figures, sketch.n_figures);
    check_ascending(sketch.names, sketch.n_names);

    struct wd_buf again;
    wd_buf_init(&again, bytes.size);
    wd_sketch_encode(&sketch, &again);
    require(wd_buf_status(&again) == WD_OK);
    require(wd_str_equal(bytes, wd_buf_str(&again)));
    wd_buf_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wd_sketch_scratch *scratch = NULL;
    struct wd_str bytes = {(const char *)data, size};
    try_bytes(bytes, &scratch);

    char *stamped = malloc(size + 5);
    require(stamped != NULL);
    stamped[0] = 2; /* the version */
    if (size)
        memcpy(stamped + 1, data, size);
    uint64_t sum = wd_hash((struct wd_str){stamped, size + 1}, WD_SEED_CHECKSUM);
    for (size_t i = 0; i < 4; i++)
        stamped[size + 1 + i] = (char)(sum >> 8 * i);
    try_bytes((struct wd_str){stamped, size + 5}, &scratch);
    free(stamped);
    wd_sketch_scratch_free(scratch);
    return 0;
}
