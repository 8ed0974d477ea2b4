/* sha256_x86.h -- the block function of SHA-256 by the processor's own instructions.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SHA256_X86_H
#define WD_SHA256_X86_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether this processor has them; false on other machines. Cheap after the first call.
 */
bool wd_sha256_x86_works(void);

/* Takes `n_blocks` of 64 bytes into the state. Only where wd_sha256_x86_works(). */
void wd_sha256_x86_blocks(uint32_t h[8], const uint8_t *p, size_t n_blocks,
                          const uint32_t round_constants[64]);

#endif
