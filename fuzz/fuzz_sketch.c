/* fuzz_sketch.c -- bytes as a sketch record: refused, or in their one spelling.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Version and checksum would keep the fuzzer out, so the bytes are tried as they are and
 * once more between a version and a checksum that fit. The version is the encoder's own:
 * a number here once stayed behind, and nothing was reached any more. So the start makes
 * sure that a sketch in this envelope is read. */
#include <stdlib.h>

#include "base/hash.h"
#include "wiredesk/buf.h"
#include "wiredesk/sketch.h"

enum { VERSION_SIZE = 1, CHECKSUM_SIZE = 4 };

static char version;
static struct wd_sketch_scratch *scratch;

int LLVMFuzzerInitialize(int *argc, char ***argv);
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

/* Whether they are a sketch. */
static bool try_bytes(struct wd_str bytes)
{
    struct wd_sketch sketch;
    struct wd_error err = {0};
    int r = wd_sketch_decode(bytes, &sketch, &scratch, &err);
    if (r < 0) {
        require(err.status == r && err.message[0] != '\0');
        return false;
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
    return true;
}

static bool try_enveloped(const char *data, size_t size)
{
    char *whole = malloc(VERSION_SIZE + size + CHECKSUM_SIZE);
    require(whole != NULL);
    whole[0] = version;
    if (size)
        memcpy(whole + VERSION_SIZE, data, size);
    uint64_t sum = wd_hash((struct wd_str){whole, VERSION_SIZE + size}, WD_SEED_CHECKSUM);
    for (size_t i = 0; i < CHECKSUM_SIZE; i++)
        whole[VERSION_SIZE + size + i] = (char)(sum >> 8 * i);
    bool is_sketch =
        try_bytes((struct wd_str){whole, VERSION_SIZE + size + CHECKSUM_SIZE});
    free(whole);
    return is_sketch;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const struct wd_sketch rejected = {.sequence = 1, .status = WD_EUTF8};
    struct wd_buf buf;
    (void)argc;
    (void)argv;
    wd_buf_init(&buf, 1024);
    wd_sketch_encode(&rejected, &buf);
    require(wd_buf_status(&buf) == WD_OK);
    version = buf.data[0];
    require(
        try_enveloped(buf.data + VERSION_SIZE, buf.size - VERSION_SIZE - CHECKSUM_SIZE));
    wd_buf_done(&buf);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)try_bytes((struct wd_str){(const char *)data, size});
    (void)try_enveloped((const char *)data, size);
    return 0;
}
