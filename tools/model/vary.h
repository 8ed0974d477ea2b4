/* vary.h -- texts as headlines and old wires write them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MODEL_VARY_H
#define TOOLS_MODEL_VARY_H

#include "model/corpus.h"

/* Writes some lines of the text, chosen by `number`, in capitals or As Titles; its size
 * and labels stay. `per_cent` of the numbers change something; true when this one did. */
bool vary_case(struct labelled *text, uint64_t number, unsigned per_cent);

#endif
