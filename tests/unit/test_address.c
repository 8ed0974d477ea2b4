/* test_address.c -- what is an address to listen on, and what is not.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <arpa/inet.h>

#include "address.h"

static void addresses_are_read(void **state)
{
    static const struct {
        const char *text;
        int family; /* 0: refused */
        unsigned port;
    } rows[] = {
        {"127.0.0.1:9464", AF_INET, 9464},
        {"0.0.0.0:0", AF_INET, 0},
        {"127.0.0.1:65535", AF_INET, 65535},
        {"[::1]:9464", AF_INET6, 9464},
        {"[::]:1", AF_INET6, 1},
        {"127.0.0.1:65536", 0, 0},
        {"127.0.0.1", 0, 0},
        {"127.0.0.1:", 0, 0},
        {"127.0.0.1:+1", 0, 0},
        {"127.0.0.1: 1", 0, 0},
        {"127.0.0.1:1 ", 0, 0},
        {"127.0.0:1", 0, 0},
        {":9464", 0, 0},
        {"localhost:9464", 0, 0},
        {"::1:9464", 0, 0},
        {"[::1]", 0, 0},
        {"[::1]9464", 0, 0},
        {"[]:1", 0, 0},
        {"[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]:1", 0, 0},
        {"", 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct address address;
        if (address_parse(rows[i].text, &address) != (rows[i].family != 0))
            fail_msg("%s", rows[i].text);
        if (rows[i].family == 0)
            continue;
        assert_int_equal(address.socket.any.sa_family, rows[i].family);
        assert_int_equal(ntohs(rows[i].family == AF_INET ? address.socket.v4.sin_port
                                                         : address.socket.v6.sin6_port),
                         rows[i].port);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
