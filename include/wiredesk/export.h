/* export.h -- what a library symbol needs to be seen from outside.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WIREDESK_EXPORT_H
#define WIREDESK_EXPORT_H

#define WD_API               __attribute__((visibility("default")))
#define WD_MUST_CHECK        __attribute__((warn_unused_result))
#define WD_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

#endif
