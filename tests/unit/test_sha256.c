/* test_sha256.c -- the vectors of FIPS 180-4 and of NIST's example files, and every
 * length around a block's end.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "base/sha256.h"

static const struct row {
    const char *text;
    const char *hex;
} rows[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
     "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void published_vectors_come_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char hex[WD_SHA256_HEX_SIZE];
        wd_sha256_hex(wd_str_from(rows[i].text), hex);
        assert_string_equal(hex, rows[i].hex);
    }
}

static void million_a_come_out(void **state)
{
    (void)state;
    size_t size = 1000 * 1000;
    char *bytes = malloc(size), hex[WD_SHA256_HEX_SIZE];
    assert_non_null(bytes);
    memset(bytes, 'a', size);
    wd_sha256_hex((struct wd_str){bytes, size}, hex);
    free(bytes);
    assert_string_equal(
        hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* The digests of the 130 shortest runs of 'x', themselves hashed; the sum was taken with
 * Python's hashlib. It fails when any one length is padded wrongly. */
static void every_length_around_a_block_is_padded_right(void **state)
{
    (void)state;
    char run[130], digests[130 * WD_SHA256_SIZE], hex[WD_SHA256_HEX_SIZE];
    memset(run, 'x', sizeof(run));
    for (size_t i = 0; i < sizeof(run); i++)
        wd_sha256((struct wd_str){run, i}, (uint8_t *)digests + i * WD_SHA256_SIZE);
    wd_sha256_hex((struct wd_str){digests, sizeof(digests)}, hex);
    assert_string_equal(
        hex, "6d0989028287a2bd990515b95658bb810cf688b69517dfc49e4b3778e0b6d923");
}

/* On a machine without the instructions both are the same function. */
static void plain_and_fast_blocks_agree(void **state)
{
    (void)state;
    uint8_t bytes[7 * 64];
    uint32_t plain[8], fast[8], seed = 7;
    for (size_t round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = (uint8_t)((seed = seed * 1664525 + 1013904223) >> 24);
        for (size_t i = 0; i < 8; i++)
            plain[i] = fast[i] = seed = seed * 1664525 + 1013904223;
        wd_sha256_plain_blocks(plain, bytes, round % 8);
        wd_sha256_blocks(fast, bytes, round % 8);
        assert_memory_equal(plain, fast, sizeof(fast));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_come_out),
        cmocka_unit_test(million_a_come_out),
        cmocka_unit_test(every_length_around_a_block_is_padded_right),
        cmocka_unit_test(plain_and_fast_blocks_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
