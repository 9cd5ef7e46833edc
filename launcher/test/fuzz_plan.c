// Feeds the plan's check with anything. What the check lets pass is then read through every accessor, as the steps
// would: a field that leads outside the plan is an error of the sanitizers.
#include "../src/launcher.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static volatile uint64_t seen;

static void touch(const struct plan *plan, const struct step *step, int argument, char kind) {
  static char *vector[VECTOR_MOST + 1];
  if (kind == 't') seen += strlen(text_of(plan, step, argument));
  if (kind == 'v')
    for (char **text = texts_of(plan, step, argument, vector); *text != NULL; text++) seen += strlen(*text);
  if (kind != 'b') return;
  struct bytes bytes = bytes_of(plan, step, argument);
  for (size_t i = 0; i < bytes.length; i++) seen += ((const unsigned char *)bytes.start)[i];
}

static const char *kinds_of(unsigned operation) {
  switch (operation) {
#define ROW(code, NAME, name, kinds) \
  case code: return kinds;
    OPERATIONS(ROW)
#undef ROW
    default: __builtin_trap();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  static _Alignas(8) uint8_t copy[1 << 16];
  struct plan plan;
  if (length > sizeof copy) return 0;
  memcpy(copy, bytes, length);
  // The harness corrects the length that the header states, or nearly every input would stop there.
  if (length >= PLAN_HEADER_BYTES) ((uint32_t *)(void *)copy)[1] = (uint32_t)length;
  if (plan_check(&plan, copy, length) != NULL) return 0;
  for (uint32_t i = 0; i < plan.steps; i++) {
    const char *kinds = kinds_of(plan.step[i].operation);
    for (int argument = 0; kinds[argument] != 0; argument++) touch(&plan, &plan.step[i], argument, kinds[argument]);
  }
  return 0;
}
