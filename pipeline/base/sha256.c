/* sha256.c -- FIPS 180-4, section 6.2, in the plain form: one block after the other,
 * a message schedule of 16 words that is renewed in place. Where the processor has
 * instructions for it, sha256_x86.c does the blocks. A library for it would be one more
 * to install.
 * SPDX-License-Identifier: Apache-2.0 */
#include "sha256.h"

#include <string.h>

#include "sha256_x86.h"

#define BLOCK 64

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};

static inline uint32_t rotr(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static inline uint32_t load32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Makes word t of the schedule; w[] holds the last 16. */
static inline void schedule(uint32_t w[16], unsigned t)
{
    uint32_t a = w[(t + 1) & 15], b = w[(t + 14) & 15];
    uint32_t s0 = rotr(a, 7) ^ rotr(a, 18) ^ a >> 3;
    uint32_t s1 = rotr(b, 17) ^ rotr(b, 19) ^ b >> 10;
    w[t & 15] += s0 + w[(t + 9) & 15] + s1;
}

/* One round. The eight words move on by one: instead of moving them, eight rounds name
 * them in turn, and then each is where it was. `addend` is the constant and the word. */
static inline void turn(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e,
                        uint32_t f, uint32_t g, uint32_t *h, uint32_t addend)
{
    uint32_t s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
    uint32_t choice = ((f ^ g) & e) ^ g;
    uint32_t t1 = *h + s1 + choice + addend;
    uint32_t s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
    uint32_t majority = (a & b) | ((a | b) & c);
    *d += t1;
    *h = t1 + s0 + majority;
}

static void eight_turns(uint32_t s[8], const uint32_t k[8], const uint32_t w[8])
{
    uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6],
             h = s[7];
    turn(a, b, c, &d, e, f, g, &h, k[0] + w[0]);
    turn(h, a, b, &c, d, e, f, &g, k[1] + w[1]);
    turn(g, h, a, &b, c, d, e, &f, k[2] + w[2]);
    turn(f, g, h, &a, b, c, d, &e, k[3] + w[3]);
    turn(e, f, g, &h, a, b, c, &d, k[4] + w[4]);
    turn(d, e, f, &g, h, a, b, &c, k[5] + w[5]);
    turn(c, d, e, &f, g, h, a, &b, k[6] + w[6]);
    turn(b, c, d, &e, f, g, h, &a, k[7] + w[7]);
    memcpy(s, (const uint32_t[]){a, b, c, d, e, f, g, h}, 8 * sizeof(*s));
}

static void hash_block(uint32_t h[8], const uint8_t *p)
{
    uint32_t w[16], s[8];

    for (unsigned t = 0; t < 16; t++)
        w[t] = load32(p + 4 * t);
    memcpy(s, h, sizeof(s));
    for (unsigned t = 0; t < 64; t += 16) {
        for (unsigned i = 0; i < 16 && t != 0; i++)
            schedule(w, i);
        eight_turns(s, round_constants + t, w);
        eight_turns(s, round_constants + t + 8, w + 8);
    }
    for (unsigned i = 0; i < 8; i++)
        h[i] += s[i];
}

void wd_sha256_plain_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks)
{
    for (; n_blocks != 0; n_blocks--, p += BLOCK)
        hash_block(h, p);
}

void wd_sha256_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks)
{
    if (wd_sha256_x86_works())
        wd_sha256_x86_blocks(h, p, n_blocks, round_constants);
    else
        wd_sha256_plain_blocks(h, p, n_blocks);
}

void wd_sha256(struct wd_str bytes, uint8_t digest[WD_SHA256_SIZE])
{
    /* The same of the square roots of the first 8 primes. */
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const uint8_t *p = (const uint8_t *)bytes.data;
    size_t left = bytes.size % BLOCK;
    wd_sha256_blocks(h, p, bytes.size / BLOCK);
    p = left ? p + (bytes.size - left) : p;

    /* Padding: a one bit, zeros, the length in bits; one block or two. */
    uint8_t tail[2 * BLOCK] = {0};
    size_t tail_size = left < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    if (left)
        memcpy(tail, p, left);
    tail[left] = 0x80;
    uint64_t bits = (uint64_t)bytes.size * 8;
    for (unsigned i = 0; i < 8; i++)
        tail[tail_size - 1 - i] = (uint8_t)(bits >> 8 * i);
    wd_sha256_blocks(h, tail, tail_size / BLOCK);

    for (unsigned i = 0; i < WD_SHA256_SIZE; i++)
        digest[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void wd_sha256_hex(struct wd_str bytes, char hex[WD_SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[WD_SHA256_SIZE];

    wd_sha256(bytes, digest);
    for (unsigned i = 0; i < WD_SHA256_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[WD_SHA256_HEX_SIZE - 1] = '\0';
}
