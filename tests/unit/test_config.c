/* test_config.c -- every fault of a configuration is told, with its place, in one run.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"

/* Loads `text` as a file and gives what was reported, with the file's name as FILE. */
static struct config *load(const char *text, const struct config_sets *sets, char *report,
                           size_t size)
{
    char path[] = "/tmp/wd-config.XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    char *raw = NULL;
    size_t raw_size = 0;
    FILE *stream = open_memstream(&raw, &raw_size);
    struct config *cfg = config_load(path, sets, stream);
    fclose(stream);
    unlink(path);
    *report = '\0';
    for (char *line = strtok(raw, "\n"); line; line = strtok(NULL, "\n")) {
        size_t used = strlen(report);
        if (strncmp(line, path, strlen(path)) == 0)
            (void)snprintf(report + used, size - used, "FILE%s\n", line + strlen(path));
        else
            (void)snprintf(report + used, size - used, "%s\n", line);
    }
    free(raw);
    return cfg;
}

static void each_fault_is_told_with_its_line(void **state)
{
    static const struct {
        const char *text;
        const char *report;
    } rows[] = {
        {"[desk]\ncommit_ms = 0\n", "FILE:2: desk.commit_ms: 0 is not between 1 and"},
        {"[desk]\ncommit_ms = 10001\n", "FILE:2: desk.commit_ms: 10001 is not between"},
        {"[desk]\ncommit_ms = soon\n", "FILE:2: desk.commit_ms: \"soon\" is not a whole"},
        {"[desk]\ncommit_ms = 5 ms\n", "\"5 ms\" is not a whole number"},
        {"[desk]\ncommit_ms =\n", "\"\" is not a whole number"},
        {"[desk]\ncomit_ms = 5\n", "FILE:2: desk.comit_ms: there is no such setting; is "
                                   "desk.commit_ms meant?"},
        {"[dask]\ncommit_ms = 5\n", "is desk.commit_ms meant?"},
        {"[desk]\nmode = exactly-onse\n", "at-least-once; is exactly-once meant?"},
        {"[output]\ntokens = maybe\n", "FILE:2: output.tokens: \"maybe\" is none of "
                                       "no, yes\n"},
        {"[kafka]\nlingr.ms = 1\n", "FILE:2: kafka.lingr.ms: No such configuration "
                                    "property: \"lingr.ms\"; is linger.ms meant?"},
        {"[desk]\nnothing_like_it = 5\n", "there is no such setting (--config-reference"},
        {"[desk]\nmode = twice\n", "\"twice\" is none of exactly-once, at-least-once"},
        {"[input]\ntopics = a b\n", "\"a b\" is not a topic name"},
        {"[input]\ntopics = a,,b\n", "\"\" is not a topic name"},
        {"[input]\ntopics = a,a\n", "FILE:2: input.topics: a is named twice"},
        {"[input]\ntopics = x.sketch\n[output]\ntopic = x\n",
         "FILE:2: input.topics: x.sketch is also written to: a circle"},
        {"[output]\ntopic = ..\n", "FILE:2: output.topic: \"..\" is not a name"},
        {"[desk]\nmode = exactly-once\nmode = exactly-once\n",
         "FILE:3: desk.mode: is set a second time; line 2 did it first"},
        {"[kafka]\ntransactional.id = me\n",
         "FILE:2: kafka.transactional.id: is not yours to set: follows from"},
        {"[kafka]\nenable.auto.commit = true\n", "is not yours to set"},
        {"[kafka]\nno.such.property = 1\n", "FILE:2: kafka.no.such.property: No such"},
        {"[kafka]\nlinger.ms = many\n", "FILE:2: kafka.linger.ms: Invalid value"},
        {"[kafka]\nlinger.ms = 1\nlinger.ms = 2\n", "FILE:3: kafka.linger.ms: is set tw"},
        {"[desk\nmode = exactly-once\n", "FILE:1: the section's ] is missing"},
        {"[desk]\nmode\n", "FILE:2: neither [section] nor key = value"},
    };
    (void)state;
    char report[1024];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_null(load(rows[i].text, NULL, report, sizeof(report)));
        if (!strstr(report, rows[i].report))
            fail_msg("row %zu: %s", i, report);
    }
}

static void all_faults_come_in_one_run(void **state)
{
    (void)state;
    char report[2048];
    assert_null(load("[input]\nformat = pdf\nmax_bytes = 0\n[kafka]\ngroup.id = x\n\n"
                     "[log]\nlevel = loud\n",
                     NULL, report, sizeof(report)));
    assert_non_null(strstr(report, "FILE:2: input.format: "));
    assert_non_null(strstr(report, "FILE:3: input.max_bytes: "));
    assert_non_null(strstr(report, "FILE:5: kafka.group.id: "));
    assert_non_null(strstr(report, "FILE:8: log.level: "));
}

static void too_long_a_line_is_a_fault_and_the_next_is_read(void **state)
{
    (void)state;
    char text[2000] = "[kafka]\nsasl.username = ", report[1024];
    memset(text + strlen(text), 'x', 1000);
    strcat(text, "\n[log]\nlevel = loud\n");
    assert_null(load(text, NULL, report, sizeof(report)));
    assert_non_null(strstr(report, "FILE:2: the line is longer than"));
    assert_non_null(strstr(report, "FILE:4: log.level"));
}

static void a_missing_file_is_a_fault(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_null(config_load("/nonexistent/wiredesk.conf", NULL, stream));
    fclose(stream);
    assert_non_null(strstr(text, "/nonexistent/wiredesk.conf: cannot be read: No such"));
    free(text);
}

static void settings_reach_their_fields(void **state)
{
    (void)state;
    char report[1024];
    struct config *cfg =
        load("; a comment\n[input]\ntopics = a, b.c ,d-e\nformat = ninjs\n"
             "[output]\ntopic = out\nprofile = ninjs1\ntokens = no\n"
             "[desk]\ngroup = g\nmode = at-least-once\ncommit_ms = 7\n"
             "[kafka]\nbootstrap.servers = k:1\nlinger.ms = 3\n",
             NULL, report, sizeof(report));
    assert_string_equal(report, "");
    assert_non_null(cfg);
    assert_int_equal(cfg->n_topics, 3);
    assert_string_equal(cfg->topics[1], "b.c");
    assert_string_equal(cfg->topics[2], "d-e");
    assert_int_equal(cfg->input_format, WD_FORMAT_NINJS);
    assert_int_equal(cfg->output_profile, WD_PROFILE_NINJS1);
    assert_int_equal(cfg->output_tokens, 0);
    assert_int_equal(cfg->mode, MODE_AT_LEAST_ONCE);
    assert_int_equal(cfg->commit_ms, 7);
    assert_string_equal(cfg->dlq_topic, "out.dlq");
    assert_string_equal(cfg->sketch_topic, "out.sketch");
    assert_string_equal(cfg->lease_group, "g-lease");
    assert_string_equal(cfg->transactional_id, "g.out");
    assert_int_equal(cfg->n_kafka, 2);
    assert_string_equal(cfg->kafka[0].value, "k:1");
    assert_string_equal(cfg->kafka[1].value, "3");
    config_free(cfg);
}

static void sets_win_over_the_file_and_one_another(void **state)
{
    static const char *const items[] = {"desk.commit_ms=9", "desk.commit_ms=11",
                                        "kafka.linger.ms=4", "log.level=debug"};
    static const struct config_sets sets = {items, 4};
    (void)state;
    char report[512];
    struct config *cfg = load("[desk]\ncommit_ms = 7\n[kafka]\nlinger.ms = 3\n", &sets,
                              report, sizeof(report));
    assert_non_null(cfg);
    assert_int_equal(cfg->commit_ms, 11);
    assert_int_equal(cfg->log_level, LOG_LEVEL_DEBUG);
    assert_string_equal(cfg->kafka[1].value, "4");
    config_free(cfg);
}

static void a_bad_set_is_named(void **state)
{
    static const char *const items[] = {"commit_ms", "desk.commit_ms=x"};
    static const struct config_sets sets = {items, 2};
    (void)state;
    char report[512];
    assert_null(load("", &sets, report, sizeof(report)));
    assert_non_null(strstr(report, "--set: commit_ms: is not section.key=value"));
    assert_non_null(strstr(report, "--set: desk.commit_ms: \"x\" is not a whole number"));
}

static char *printed(const struct config *cfg)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    config_print(cfg, stream);
    fclose(stream);
    return text;
}

static void write_secrets(const char *dir, const char *text)
{
    char path[80];
    (void)snprintf(path, sizeof(path), "%s/wiredeskd.secrets", dir);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(chmod(path, 0600), 0);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *kafka_value(const struct config *cfg, const char *name)
{
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strcmp(cfg->kafka[i].name, name) == 0)
            return cfg->kafka[i].value;
    }
    return "";
}

static void secrets_of_the_service_manager_win_over_the_file(void **state)
{
    (void)state;
    char report[512], dir[] = "/tmp/wd-secrets.XXXXXX", path[80];
    const char *text = "[desk]\ngroup = file\n[kafka]\nsasl.password = file\n";
    assert_non_null(mkdtemp(dir));
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", dir, 1), 0);
    struct config *cfg = load(text, NULL, report, sizeof(report)); /* there are none */
    assert_non_null(cfg);
    assert_string_equal(kafka_value(cfg, "sasl.password"), "file");
    config_free(cfg);

    write_secrets(dir, "[kafka]\nsasl.password = told\n[desk]\ngroup = told\n");
    cfg = load(text, NULL, report, sizeof(report));
    assert_non_null(cfg);
    assert_string_equal(kafka_value(cfg, "sasl.password"), "told");
    assert_string_equal(cfg->group, "told");
    config_free(cfg);

    write_secrets(dir, "[kafka]\nsasl.username = a\nsasl.username = b\n");
    assert_null(load(text, NULL, report, sizeof(report)));
    assert_non_null(
        strstr(report, "wiredeskd.secrets:3: kafka.sasl.username: is set tw"));
    assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
    (void)snprintf(path, sizeof(path), "%s/wiredeskd.secrets", dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void what_is_printed_can_be_read_again(void **state)
{
    (void)state;
    char report[1024];
    struct config *cfg =
        load("[input]\ntopics=a,b\nformat=json\n[desk]\nworkers=3\n[kafka]\nacks=all\n",
             NULL, report, sizeof(report));
    char *once = printed(cfg);
    struct config *again = load(once, NULL, report, sizeof(report));
    assert_string_equal(report, "");
    char *twice = printed(again);
    assert_string_equal(once, twice);
    free(once);
    free(twice);
    config_free(cfg);
    config_free(again);
}

static void secrets_are_never_printed(void **state)
{
    static const char *const names[] = {"sasl.password", "ssl.key.password",
                                        "ssl.keystore.password", "ssl.key.pem"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char text[128], report[512];
        (void)snprintf(text, sizeof(text), "[kafka]\n%s = hunter2\n", names[i]);
        struct config *cfg = load(text, NULL, report, sizeof(report));
        assert_non_null(cfg);
        char *print = printed(cfg);
        assert_null(strstr(print, "hunter2"));
        assert_non_null(strstr(print, names[i]));
        free(print);
        config_free(cfg);
    }
}

static void a_reload_knows_what_changed_and_what_needs_a_restart(void **state)
{
    static const struct {
        const char *text;
        const char *live;
        const char *frozen;
    } rows[] = {
        {"", "", ""},
        {"[desk]\ncommit_ms = 8\nclean = no\n[output]\ntokens = no\n",
         "output.tokens desk.commit_ms desk.clean", ""},
        {"[input]\ntopics = other\n", "", "input.topics"},
        {"[desk]\nworkers = 9\nclean = no\ngroup = x\n", "desk.clean",
         "desk.group desk.workers"},
        {"[kafka]\nlinger.ms = 9\n", "", "kafka.linger.ms"},
        {"[kafka]\nbootstrap.servers = other:1\nacks = all\n", "",
         "kafka.bootstrap.servers kafka.acks"},
    };
    (void)state;
    char report[512];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct config_changes changes;
        struct config *old = load("", NULL, report, sizeof(report));
        struct config *fresh = load(rows[i].text, NULL, report, sizeof(report));
        config_compare(old, fresh, &changes);
        assert_string_equal(changes.live, rows[i].live);
        assert_string_equal(changes.frozen, rows[i].frozen);
        config_adopt(old, fresh);
        config_compare(old, fresh, &changes);
        assert_string_not_equal(changes.live, *rows[i].live ? "" : "x");
        assert_string_equal(changes.frozen, rows[i].frozen);
        config_free(old);
        config_free(fresh);
    }
}

static void too_many_changes_end_in_an_ellipsis(void **state)
{
    (void)state;
    static const char text[] = "[kafka]\n"
                               "api.version.fallback.ms = 1\n"
                               "broker.address.ttl = 1\n"
                               "connections.max.idle.ms = 1\n"
                               "coordinator.query.interval.ms = 1\n"
                               "heartbeat.interval.ms = 1\n"
                               "metadata.max.age.ms = 1\n"
                               "queued.max.messages.kbytes = 1\n"
                               "reconnect.backoff.max.ms = 1\n"
                               "sasl.kerberos.min.time.before.relogin = 1\n"
                               "socket.connection.setup.timeout.ms = 1000\n"
                               "socket.keepalive.enable = true\n"
                               "socket.nagle.disable = true\n"
                               "socket.receive.buffer.bytes = 1\n"
                               "socket.send.buffer.bytes = 1\n"
                               "statistics.interval.ms = 1\n"
                               "topic.metadata.propagation.max.ms = 1\n"
                               "topic.metadata.refresh.fast.interval.ms = 1\n";
    char report[512];
    struct config_changes changes;
    struct config *old = load("", NULL, report, sizeof(report));
    struct config *fresh = load(text, NULL, report, sizeof(report));
    assert_string_equal(report, "");
    config_compare(old, fresh, &changes);
    config_free(old);
    config_free(fresh);
    size_t size = strlen(changes.frozen);
    assert_in_range(size, CONFIG_CHANGES_SIZE / 2, CONFIG_CHANGES_SIZE - 1);
    assert_string_equal(changes.frozen + size - strlen(" …"), " …");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_is_told_with_its_line),
        cmocka_unit_test(all_faults_come_in_one_run),
        cmocka_unit_test(too_long_a_line_is_a_fault_and_the_next_is_read),
        cmocka_unit_test(a_missing_file_is_a_fault),
        cmocka_unit_test(settings_reach_their_fields),
        cmocka_unit_test(sets_win_over_the_file_and_one_another),
        cmocka_unit_test(a_bad_set_is_named),
        cmocka_unit_test(what_is_printed_can_be_read_again),
        cmocka_unit_test(secrets_of_the_service_manager_win_over_the_file),
        cmocka_unit_test(secrets_are_never_printed),
        cmocka_unit_test(a_reload_knows_what_changed_and_what_needs_a_restart),
        cmocka_unit_test(too_many_changes_end_in_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
