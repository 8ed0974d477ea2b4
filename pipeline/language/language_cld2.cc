/* language_cld2.cc -- the only C++ of wiredesk: CLD2 has no C interface.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CLD2 allocates with malloc and throws nothing of its own; its tables are constants, so
 * threads may call at will. */
#include "language_cld2.h"

#include <cstdio> // CLD2 wants FILE and does not say so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

const char *wd_cld2_detect(const char *text, size_t size, bool *ret_is_reliable,
                           int *ret_percent)
{
    /* No hint is passed: given "zh", CLD2 takes clear Chinese for Japanese. */
    const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                     CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language languages[3];
    int percents[3], text_bytes;
    double scores[3];

    (void)CLD2::ExtDetectLanguageSummary(text, static_cast<int>(size), true, &no_hints, 0,
                                         languages, percents, scores, nullptr,
                                         &text_bytes, ret_is_reliable);
    *ret_percent = percents[0];
    return CLD2::LanguageCode(languages[0]);
}
