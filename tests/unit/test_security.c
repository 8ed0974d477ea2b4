/* test_security.c -- what travels in the clear is said, and holes need a word.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doubt.h"
#include "security.h"

static struct config *load(const char *const *items, FILE *report)
{
    struct config_sets sets = {.items = items};
    while (items[sets.n_items])
        sets.n_items++;
    return config_load(NULL, &sets, report);
}

static void plaintext_to_others_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *servers;
        const char *protocol;
        const char *found; /* NULL: nothing to say */
    } rows[] = {
        {"127.0.0.1:9092", "plaintext", NULL},
        {"localhost:9092,127.1.2.3:1,[::1]:9092", "plaintext", NULL},
        {"PLAINTEXT://localhost:9092", "plaintext", NULL},
        {"localhost", "sasl_plaintext", NULL},
        {"kafka:9092", "plaintext", "kafka:9092"},
        {"127.0.0.1:9092, kafka.example.org:9092", "plaintext", "kafka.example.org:9092"},
        {"localhost.example.org:9092", "plaintext", "localhost.example.org:9092"},
        {"10.127.0.1:9092", "sasl_plaintext", "10.127.0.1:9092"},
        {"kafka:9092", "ssl", NULL},
        {"kafka:9092", "sasl_ssl", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char servers[120], protocol[60], found[100];
        (void)snprintf(servers, sizeof(servers), "kafka.bootstrap.servers=%s",
                       rows[i].servers);
        (void)snprintf(protocol, sizeof(protocol), "kafka.security.protocol=%s",
                       rows[i].protocol);
        const char *const items[] = {servers, protocol, NULL};
        struct config *cfg = load(items, stderr);
        assert_non_null(cfg);
        bool is_found = security_plaintext(cfg, found, sizeof(found));
        assert_int_equal(is_found, rows[i].found != NULL);
        if (is_found)
            assert_string_equal(found, rows[i].found);
        config_free(cfg);
    }
}

/* What config_load() says of the items; "" when it takes them. */
static void verdict(const char *const *items, char text[1000])
{
    FILE *report = tmpfile();
    assert_non_null(report);
    struct config *cfg = load(items, report);
    size_t n = 0;
    rewind(report);
    if (!cfg)
        n = fread(text, 1, 999, report);
    text[n] = '\0';
    config_free(cfg);
    (void)fclose(report);
}

static void holes_need_a_word(void **state)
{
    (void)state;
    static const char *const holes[] = {
        "kafka.enable.ssl.certificate.verification=false",
        "kafka.ssl.endpoint.identification.algorithm=none",
    };
    char text[1000];
    for (size_t i = 0; i < 2; i++) {
        const char *const bare[] = {holes[i], NULL};
        const char *const meant[] = {holes[i], "desk.insecure=yes", NULL};
        verdict(bare, text);
        assert_non_null(strstr(text, "pass for the broker"));
        verdict(meant, text);
        assert_string_equal(text, "");
    }
}

static void a_secret_on_the_command_line_is_refused(void **state)
{
    (void)state;
    static const char *const items[] = {"kafka.sasl.password=swordfish", NULL};
    char text[1000];
    verdict(items, text);
    assert_non_null(strstr(text, "everybody may read a command line"));
    assert_null(strstr(text, "swordfish"));
}

static void a_secret_that_everybody_may_read_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        mode_t mode;
        bool is_taken;
    } rows[] = {
        {"[kafka]\nsasl.password = swordfish\n", 0644, false},
        {"[kafka]\nsasl.password = swordfish\n", 0602, false},
        {"[kafka]\nsasl.password = swordfish\n", 0640, true},
        {"[kafka]\nsasl.password = swordfish\n", 0600, true},
        {"[kafka]\nssl.key.pem = swordfish\n", 0604, false},
        {"[kafka]\nsasl.username = somebody\n", 0644, true},
    };
    char path[] = "/tmp/wd-security-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(ftruncate(fd, 0), 0);
        assert_int_equal(pwrite(fd, rows[i].text, strlen(rows[i].text), 0),
                         strlen(rows[i].text));
        assert_int_equal(fchmod(fd, rows[i].mode), 0);
        FILE *report = tmpfile();
        assert_non_null(report);
        struct config *cfg = config_load(path, NULL, report);
        if (strstr(rows[i].text, "ssl.key.pem") == NULL)
            assert_int_equal(cfg != NULL, rows[i].is_taken);
        else /* librdkafka may also refuse what is no key */
            assert_null(cfg);
        config_free(cfg);
        (void)fclose(report);
    }
    close(fd);
    (void)unlink(path);
}

/* A nap is no reason; a sleep of a session is, until the group has had time to answer. */
static void who_slept_too_long_doubts_for_a_session(void **state)
{
    (void)state;
    struct doubt doubt = {0};
    doubt_note_running(&doubt, 1000000, 6000); /* the first word of it */
    assert_false(doubt_remains(&doubt, 1000000, 6000));
    doubt_note_running(&doubt, 1003900, 6000);
    assert_false(doubt_remains(&doubt, 1003900, 6000));
    doubt_note_running(&doubt, 1008000, 6000);
    assert_true(doubt_remains(&doubt, 1008000, 6000));
    doubt_note_running(&doubt, 1009000, 6000);
    assert_true(doubt_remains(&doubt, 1014900, 6000));
    assert_false(doubt_remains(&doubt, 1015000, 6000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plaintext_to_others_is_seen),
        cmocka_unit_test(holes_need_a_word),
        cmocka_unit_test(a_secret_on_the_command_line_is_refused),
        cmocka_unit_test(a_secret_that_everybody_may_read_is_refused),
        cmocka_unit_test(who_slept_too_long_doubts_for_a_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
