/* sha256.h -- SHA-256 (FIPS 180-4), for names of content that must mean the same to
 * everybody: ni: URIs and wiredesk.text.sha256.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SHA256_H
#define WD_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "wiredesk/span.h"

#define WD_SHA256_SIZE     32
#define WD_SHA256_HEX_SIZE 65 /* 64 digits and a NUL */

void wd_sha256(struct wd_str bytes, uint8_t digest[WD_SHA256_SIZE]);

/* The digest as lower-case hex digits, NUL-terminated. */
void wd_sha256_hex(struct wd_str bytes, char hex[WD_SHA256_HEX_SIZE]);

/* Takes `n_blocks` of 64 bytes into the state `h`, the fastest way there is here; and in
 * plain C, whatever the processor can do. Shown for the tests. */
void wd_sha256_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks);
void wd_sha256_plain_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks);

#endif
