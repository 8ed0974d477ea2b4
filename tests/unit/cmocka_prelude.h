/* cmocka_prelude.h -- the headers that cmocka wants before itself.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CMOCKA_PRELUDE_H
#define WD_CMOCKA_PRELUDE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
