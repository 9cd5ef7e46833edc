// Checks a plan's form. What it asks for is the planner's business; that no field leads outside the plan is ours.
#include "plan.h"

static const struct {
  const char *name, *kinds;
} operations[128] = {
#define ROW(code, NAME, name, kinds) [code] = {#name, kinds},
    OPERATIONS(ROW)
#undef ROW
};

_Static_assert(sizeof(struct step) == PLAN_STEP_BYTES, "a step's form is the wire's");

// Of an operation that plan_check knows.
const char *operation_name(unsigned code) { return operations[code].name; }

static bool texts_fit(const struct plan *plan, uint64_t offset, uint64_t count) {
  const uint32_t *offsets = (const uint32_t *)(const void *)(plan->data + offset);
  if (count > VECTOR_MOST || offset % 4 != 0 || offset + count * 4 > plan->data_length) return false;
  for (uint64_t i = 0; i < count; i++)
    if (offsets[i] >= plan->texts_end) return false;
  return true;
}

static bool argument_fits(const struct plan *plan, char kind, uint64_t argument) {
  uint64_t offset = argument >> 32, length = argument & UINT32_MAX;
  switch (kind) {
    case 's': return argument < SLOT_COUNT || argument == SLOT_NONE;
    case 'r': return argument <= ROLE_COMMAND;
    case 't': return argument < plan->texts_end;
    case 'b': return offset % 8 == 0 && offset + length <= plan->data_length;
    case 'v': return texts_fit(plan, offset, length);
    default: return true;
  }
}

// NULL, or what is wrong. All offsets and counts have 32 bits and are added in 64, so no sum overflows.
const char *plan_check(struct plan *plan, const void *bytes, size_t length) {
  const uint32_t *header = bytes;
  if (length < PLAN_HEADER_BYTES || length > PLAN_MOST_BYTES || header[1] != length) return "wrong length";
  if (header[0] != PLAN_MAGIC) return "not a plan, or of another version";
  uint64_t end = PLAN_HEADER_BYTES + (uint64_t)header[2] * PLAN_STEP_BYTES;
  if (header[3] % 8 != 0 || header[3] > length || end > header[3]) return "its parts overlap";
  plan->steps = header[2];
  plan->step = (const struct step *)(const void *)((const char *)bytes + PLAN_HEADER_BYTES);
  plan->data = (const char *)bytes + header[3];
  plan->data_length = plan->texts_end = (uint32_t)length - header[3];
  while (plan->texts_end > 0 && plan->data[plan->texts_end - 1] != 0) plan->texts_end--;
  for (uint32_t i = 0; i < plan->steps; i++) {
    const struct step *step = &plan->step[i];
    if (step->operation >= 128 || operations[step->operation].name == NULL) return "unknown operation";
    if (step->role > ROLE_COMMAND && step->role != ROLE_UNDO && step->role != ROLE_END) return "unknown role";
    const char *kinds = operations[step->operation].kinds;
    for (int a = 0; a < PLAN_ARGUMENTS; a++) {
      if (*kinds == 0 && step->argument[a] != 0) return "an argument too many";
      if (*kinds != 0 && !argument_fits(plan, *kinds++, step->argument[a])) return "an argument outside its bounds";
    }
  }
  return NULL;
}

const char *text_of(const struct plan *plan, const struct step *step, int argument) {
  return plan->data + step->argument[argument];
}

struct bytes bytes_of(const struct plan *plan, const struct step *step, int argument) {
  return (struct bytes){plan->data + (step->argument[argument] >> 32), step->argument[argument] & UINT32_MAX};
}

// Fills `vector` (VECTOR_MOST + 1 long) with the strings and a closing NULL.
char **texts_of(const struct plan *plan, const struct step *step, int argument, char **vector) {
  const uint32_t *offsets = (const uint32_t *)(const void *)(plan->data + (step->argument[argument] >> 32));
  uint32_t count = step->argument[argument] & UINT32_MAX;
  for (uint32_t i = 0; i < count; i++) vector[i] = (char *)(uintptr_t)(plan->data + offsets[i]);
  vector[count] = NULL;
  return vector;
}
