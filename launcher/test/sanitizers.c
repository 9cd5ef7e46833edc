// The launcher has no heap that could leak, and the search for leaks needs a process that can be traced.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }
