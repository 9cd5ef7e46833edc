// A plan as it arrives: a header, steps of one size, and the data that their arguments point into.
// Nothing in it is trusted: plan_check looks at every field once, and no step is carried out before.
#pragma once

#include "operations.h"
#include "system.h"

struct step {
  uint16_t operation;
  uint16_t role;
  uint32_t tolerated;
  uint64_t argument[PLAN_ARGUMENTS];
};

struct plan {
  uint32_t steps;
  const struct step *step;
  const char *data;
  uint32_t data_length;
  uint32_t texts_end;  // after the last NUL of the data: a text that starts before it ends within the data
};

struct bytes {
  const void *start;
  size_t length;
};

// Argument vectors are made of the plan's strings in place; the longest that a plan may hold.
#define VECTOR_MOST 65535

// The most bytes of a path within a root; the launcher copies such paths to take them apart.
#define PATH_MOST (PATH_LENGTH - 1)

const char *plan_check(struct plan *plan, const void *bytes, size_t length);
const char *operation_name(unsigned code);

// The arguments of a checked step.
const char *text_of(const struct plan *plan, const struct step *step, int argument);
struct bytes bytes_of(const struct plan *plan, const struct step *step, int argument);
char **texts_of(const struct plan *plan, const struct step *step, int argument, char **vector);
