/* sha256_x86.c -- SHA-NI: six times as fast as the plain form.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every document carries a digest of its text, and most uris are one of the record; in
 * the plain form that took longer than all other writing together. After Gulley, Gopal et
 * al., "Intel SHA Extensions" (2013): two registers hold the state as ABEF and CDGH, one
 * instruction does two rounds, two more make four words of the message schedule. */
#include "sha256_x86.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

bool wd_sha256_x86_works(void)
{
    enum { UNKNOWN, NO, YES };
    /* cpuid may cost a microsecond in a virtual machine, so the answer is kept. It is a
     * fact about the machine: two threads that both find it out write the same. */
    static atomic_int known;
    int answer = atomic_load_explicit(&known, memory_order_relaxed);

    if (answer == UNKNOWN) {
        unsigned a, b = 0, c = 0, d;
        bool works = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) &&
                     __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
        answer = works ? YES : NO;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer == YES;
}

/* Four rounds, and the words that stand four rounds of four later. */
__attribute__((target("sha,sse4.1"))) static inline void
four_rounds(__m128i *abef, __m128i *cdgh, __m128i w[4], unsigned r, __m128i constants)
{
    __m128i words = _mm_add_epi32(w[r & 3], constants);

    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, words);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(words, 0x0e));
    if (r < 12) {
        __m128i next = _mm_sha256msg1_epu32(w[r & 3], w[(r + 1) & 3]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(w[(r + 3) & 3], w[(r + 2) & 3], 4));
        w[r & 3] = _mm_sha256msg2_epu32(next, w[(r + 3) & 3]);
    }
}

__attribute__((target("sha,sse4.1"))) void
wd_sha256_x86_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks,
                     const uint32_t round_constants[64])
{
    const __m128i swap =
        _mm_set_epi64x(INT64_C(0x0c0d0e0f08090a0b), INT64_C(0x0405060700010203));
    __m128i dcba = _mm_loadu_si128((const void *)h);
    __m128i hgfe = _mm_loadu_si128((const void *)(h + 4));
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);

    for (; n_blocks != 0; n_blocks--, p += 64) {
        __m128i old_abef = abef, old_cdgh = cdgh, w[4];
        for (unsigned i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(p + 16 * (size_t)i)),
                                    swap);
#pragma GCC unroll 16
        for (unsigned r = 0; r < 16; r++)
            four_rounds(&abef, &cdgh, w, r,
                        _mm_loadu_si128((const void *)(round_constants + 4 * (size_t)r)));
        abef = _mm_add_epi32(abef, old_abef);
        cdgh = _mm_add_epi32(cdgh, old_cdgh);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((void *)h, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((void *)(h + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool wd_sha256_x86_works(void)
{
    return false;
}

void wd_sha256_x86_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks,
                          const uint32_t round_constants[64])
{
    (void)h;
    (void)p;
    (void)n_blocks;
    (void)round_constants;
}

#endif
