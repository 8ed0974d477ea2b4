/* test_txn.c -- when a transaction is full.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "txn.h"

#define MB (1u << 20)

static void it_is_full_by_each_of_its_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *claim;
        size_t n_records, most_records;
        size_t size_bytes, pending_bytes;
        bool is_full;
    } rows[] = {
        {"it takes more", 99, 100, 16 * MB - 1, 4 * MB - 1, false},
        {"by its records", 100, 100, 0, 0, true},
        {"by its bytes", 1, 100, 16 * MB, 0, true},
        {"by what the broker has yet to take", 1, 100, 4 * MB, 4 * MB, true},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct txn txn = {.n_records = rows[i].n_records,
                          .size_bytes = rows[i].size_bytes};
        txn_bound(&txn, rows[i].most_records, rows[i].pending_bytes);
        if (txn.is_full != rows[i].is_full)
            fail_msg("%s", rows[i].claim);
    }
}

static void full_stays_full_until_it_is_cleared(void **state)
{
    (void)state;
    struct txn txn = {.n_records = 1, .size_bytes = 4 * MB};
    txn_bound(&txn, 100, 4 * MB);
    txn_bound(&txn, 100, 0); /* the broker took it */
    assert_true(txn.is_full);
    txn_clear(&txn);
    assert_false(txn.is_full);
    txn_done(&txn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_full_by_each_of_its_bounds),
        cmocka_unit_test(full_stays_full_until_it_is_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
