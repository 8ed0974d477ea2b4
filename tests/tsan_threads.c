/* tsan_threads.c -- C11 threads as POSIX ones, where ThreadSanitizer can see them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * librdkafka uses C11 threads. The sanitizer of GCC 12 watches only the POSIX calls: a
 * thread born of thrd_create() crashes in its first allocation, and what mtx_lock()
 * orders looks like a race. glibc builds both on the same types, so standing in front of
 * it in the tsan preset makes librdkafka's threads and locks known, without suppressing
 * any report. */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

#define SHOW __attribute__((visibility("default")))

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "glibc's types are one");
_Static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t), "glibc's types are one");

struct start {
    thrd_start_t run;
    void *arg;
};

static void *start_run(void *opaque)
{
    struct start start = *(struct start *)opaque;
    free(opaque);
    return (void *)(intptr_t)start.run(start.arg);
}

static int result(int code)
{
    return code == 0 ? thrd_success : thrd_error;
}

static pthread_mutex_t *mutex(mtx_t *mtx)
{
    return (pthread_mutex_t *)(void *)mtx;
}

static pthread_cond_t *cond(cnd_t *cnd)
{
    return (pthread_cond_t *)(void *)cnd;
}

SHOW int thrd_create(thrd_t *thr, thrd_start_t run, void *arg)
{
    struct start *start = malloc(sizeof(*start));
    if (!start)
        return thrd_nomem;
    *start = (struct start){run, arg};
    int code = pthread_create(thr, NULL, start_run, start);
    if (code != 0)
        free(start);
    return result(code);
}

SHOW int thrd_join(thrd_t thr, int *ret_code)
{
    void *value;
    int code = pthread_join(thr, &value);
    if (code == 0 && ret_code)
        *ret_code = (int)(intptr_t)value;
    return result(code);
}

SHOW int thrd_detach(thrd_t thr)
{
    return result(pthread_detach(thr));
}

SHOW int mtx_init(mtx_t *mtx, int type)
{
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE
                                                          : PTHREAD_MUTEX_NORMAL);
    int code = pthread_mutex_init(mutex(mtx), &attr);
    pthread_mutexattr_destroy(&attr);
    return result(code);
}

SHOW void mtx_destroy(mtx_t *mtx)
{
    pthread_mutex_destroy(mutex(mtx));
}

SHOW int mtx_lock(mtx_t *mtx)
{
    return result(pthread_mutex_lock(mutex(mtx)));
}

SHOW int mtx_trylock(mtx_t *mtx)
{
    return pthread_mutex_trylock(mutex(mtx)) == 0 ? thrd_success : thrd_busy;
}

SHOW int mtx_unlock(mtx_t *mtx)
{
    return result(pthread_mutex_unlock(mutex(mtx)));
}

SHOW int cnd_init(cnd_t *cnd)
{
    return result(pthread_cond_init(cond(cnd), NULL));
}

SHOW void cnd_destroy(cnd_t *cnd)
{
    pthread_cond_destroy(cond(cnd));
}

SHOW int cnd_signal(cnd_t *cnd)
{
    return result(pthread_cond_signal(cond(cnd)));
}

SHOW int cnd_broadcast(cnd_t *cnd)
{
    return result(pthread_cond_broadcast(cond(cnd)));
}

SHOW int cnd_wait(cnd_t *cnd, mtx_t *mtx)
{
    return result(pthread_cond_wait(cond(cnd), mutex(mtx)));
}

SHOW int cnd_timedwait(cnd_t *cnd, mtx_t *mtx, const struct timespec *until)
{
    int code = pthread_cond_timedwait(cond(cnd), mutex(mtx), until);
    return code == 0 ? thrd_success : code == ETIMEDOUT ? thrd_timedout : thrd_error;
}
