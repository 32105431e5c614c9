/* Makes chosen system calls of one process fail. Preloaded into a child of the tests.
 *
 * STORE_FAULT_CALL    sync (fsync, fdatasync) or write (write, pwrite)
 * STORE_FAULT_SUFFIX  only on files whose path ends so
 * STORE_FAULT_FIRST   number of the first such call that fails, from 1
 * STORE_FAULT_COUNT   how many fail
 * STORE_FAULT_ERRNO   with what
 * STORE_FAULT_LOG     gets a line "fault" for each
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;

static int fails(const char *call, int fd) {
  const char *wanted = getenv("STORE_FAULT_CALL");
  const char *suffix = getenv("STORE_FAULT_SUFFIX");
  if (!wanted || !suffix || strcmp(wanted, call)) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  size_t tail = strlen(suffix);
  if (length < (ssize_t)tail) return 0;
  path[length] = 0;
  if (strcmp(path + length - tail, suffix)) return 0;
  int number = atomic_fetch_add(&calls, 1) + 1;
  int first = atoi(getenv("STORE_FAULT_FIRST"));
  if (number < first || number >= first + atoi(getenv("STORE_FAULT_COUNT"))) return 0;
  int log = open(getenv("STORE_FAULT_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (log >= 0) {
    syscall(SYS_write, log, "fault\n", 6);
    close(log);
  }
  errno = atoi(getenv("STORE_FAULT_ERRNO"));
  return 1;
}

int fsync(int fd) { return fails("sync", fd) ? -1 : (int)syscall(SYS_fsync, fd); }

int fdatasync(int fd) { return fails("sync", fd) ? -1 : (int)syscall(SYS_fdatasync, fd); }

ssize_t write(int fd, const void *bytes, size_t count) {
  return fails("write", fd) ? -1 : syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return fails("write", fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  return fails("write", fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
}
