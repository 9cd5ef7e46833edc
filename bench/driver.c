// The stopwatch: runs a command, or several in a row, again and again, and appends how long each took to a file.
//
//   driver [OPTION...] FILE VIEW SUBJECT METRICS STEP [::: STEP...]
//
//   -n COUNT    how often (1)            -f FROM     the number of the first one (0)
//   -w COUNT    unrecorded ones before   -x X        what FILE's column of that name gets
//   -c CALLERS  processes that share the work, at the same time (1)
//   -s SECONDS  until then instead of -n; X is then the second at which it began
//   -k          goes on after a failure, and records at the end how many there were
//   -r          records of all together only how many were done in a second
//   -l LOG      takes what the commands say on standard error
//
// A step is a command with its arguments, in which {} becomes the number. It is timed from just before posix_spawn to
// the return of waitpid. After ::- instead of ::: it is carried out but not timed. The step `await FILE` waits,
// untimed, until the process whose id is in FILE has ended: the driver is a subreaper, as engines' shims are, so that
// process becomes its child when the runtime leaves. METRICS are separated by commas: one, or with several timed steps
// one for their sum, and then one for each. FILE gets lines `VIEW SUBJECT METRIC UNIT X VALUE`, separated by tabs.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STEPS_MOST = 8, WORDS_MOST = 64, WORD_MOST = 1024, CALLERS_MOST = 64 };

struct step {
  bool timed;
  char **words;
  size_t count;
};

static struct step steps[STEPS_MOST];
static size_t step_count;
static const char *metrics[STEPS_MOST + 1];
static const char *view, *subject, *x = "0", *errors = "/dev/null";
static long count = 1, from, warm_ups, callers = 1;
static double seconds;
static bool keep_going, rate_only;
static int output;
static double began;
extern char **environ;

static void die(const char *what) {
  fprintf(stderr, "driver: %s: %s\n", what, strerror(errno));
  exit(125);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// One write, so that lines of several callers do not mix.
static void record(const char *metric, const char *unit, double at, double value) {
  char line[512], place[32];
  snprintf(place, sizeof place, "%.1f", at);
  int length = snprintf(line, sizeof line, "%s\t%s\t%s\t%s\t%s\t%.3f\n", view, subject, metric, unit,
                        seconds > 0 ? place : x, value);
  if (write(output, line, (size_t)length) != length) die("write");
}

// --- a step ------------------------------------------------------------------------------------------------------

static void fill_in(const char *word, long number, char *filled) {
  size_t length = 0;
  for (; *word != 0 && length < WORD_MOST - 32; word++) {
    if (word[0] == '{' && word[1] == '}') {
      length += (size_t)snprintf(filled + length, 32, "%ld", number);
      word++;
    } else {
      filled[length++] = *word;
    }
  }
  filled[length] = 0;
}

static bool await_end(const char *file) {
  FILE *stream = fopen(file, "re");
  int pid = 0;
  bool known = stream != NULL && fscanf(stream, "%d", &pid) == 1;
  if (stream != NULL) fclose(stream);
  return known && waitpid(pid, NULL, 0) == pid;
}

static bool run(char **words) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t interrupt;
  pid_t child;
  int status;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0600);
  // A shell without job control makes its background processes ignore it, and that is inherited.
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &interrupt);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  int failure = posix_spawnp(&child, words[0], &files, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (failure != 0) {
    errno = failure;
    die(words[0]);
  }
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) die("waitpid");
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// --- all steps, once ---------------------------------------------------------------------------------------------

static bool once(long number, bool recorded) {
  static char filled[WORDS_MOST][WORD_MOST];
  double took[STEPS_MOST], sum = 0, at = now() - began;
  size_t timed = 0;
  bool worked = true;
  for (size_t i = 0; i < step_count; i++) {
    char *words[WORDS_MOST + 1] = {NULL};
    for (size_t word = 0; word < steps[i].count; word++) {
      fill_in(steps[i].words[word], number, filled[word]);
      words[word] = filled[word];
    }
    if (strcmp(words[0], "await") == 0) {
      if (worked) worked = await_end(words[1]);
      continue;
    }
    // After a failure only what clears up is left to do.
    if (!worked && i + 1 < step_count) continue;
    double start = now();
    bool succeeded = run(words);
    if (steps[i].timed) sum += took[timed++] = (now() - start) * 1e3;
    worked = worked && succeeded;
  }
  if (!worked) return false;
  if (!recorded || rate_only) return true;
  record(metrics[0], "ms", at, sum);
  for (size_t i = 0; timed > 1 && i < timed; i++) record(metrics[i + 1], "ms", at, took[i]);
  return true;
}

// Exits with the number of failures, as far as a status can say it.
static void call(long caller) {
  long failures = 0;
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  for (long i = caller; seconds > 0 ? now() - began < seconds : i < warm_ups + count; i += callers) {
    if (once(from + i, i >= warm_ups)) continue;
    if (!keep_going) {
      fprintf(stderr, "driver: %s failed in the view %s, see its log\n", subject, view);
      exit(1);
    }
    if (failures < 100) failures++;
  }
  exit(keep_going ? (int)failures : 0);
}

int main(int argc, char **argv) {
  int option;
  while ((option = getopt(argc, argv, "+n:w:c:f:x:s:l:kr")) != -1) {
    switch (option) {
      case 'n': count = atol(optarg); break;
      case 'w': warm_ups = atol(optarg); break;
      case 'c': callers = atol(optarg); break;
      case 'f': from = atol(optarg); break;
      case 's': seconds = atof(optarg); break;
      case 'x': x = optarg; break;
      case 'l': errors = optarg; break;
      case 'k': keep_going = true; break;
      case 'r': rate_only = true; break;
      default: return 2;
    }
  }
  if (argc - optind < 5 || callers < 1 || callers > CALLERS_MOST) return 2;
  output = open(argv[optind], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) die(argv[optind]);
  view = argv[optind + 1];
  subject = argv[optind + 2];
  size_t metric = 0;
  for (char *word = strtok(argv[optind + 3], ","); word != NULL && metric <= STEPS_MOST; word = strtok(NULL, ","))
    metrics[metric++] = word;
  steps[step_count++] = (struct step){.timed = true, .words = argv + optind + 4};
  for (char **word = argv + optind + 4; *word != NULL; word++) {
    if (strcmp(*word, ":::") != 0 && strcmp(*word, "::-") != 0) {
      if (steps[step_count - 1].count++ == WORDS_MOST) return 2;
    } else if (step_count < STEPS_MOST) {
      steps[step_count++] = (struct step){.timed = strcmp(*word, ":::") == 0, .words = word + 1};
    } else {
      return 2;
    }
  }

  pid_t parent = getpid();
  int failures = 0, status;
  began = now();
  for (long caller = 0; caller < callers; caller++) {
    pid_t child = fork();
    if (child < 0) die("fork");
    if (child > 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (getppid() != parent) _exit(125);
    call(caller);
  }
  bool failed = false;
  for (long caller = 0; caller < callers; caller++) {
    if (wait(&status) < 0) die("wait");
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 100 || (!keep_going && WEXITSTATUS(status) != 0)) failed = true;
    if (WIFEXITED(status)) failures += WEXITSTATUS(status);
  }
  if (failed) return 1;
  if (rate_only) record(metrics[0], "1/s", 0, (double)(count - failures) / (now() - began));
  if (keep_going) record("failures", "", now() - began, failures);
  return 0;
}
