/* test_block_of_lanes.c -- … also where there is no SSE2.
 * SPDX-License-Identifier: Apache-2.0 */
#define WD_BLOCK_OF_LANES
#include "test_block.c"
