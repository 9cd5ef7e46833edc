/** Steps, plans, their binary form and their explanation. */
module io.belljar.plan {
  // The names of flags, to write system calls as strace does, and of errors.
  requires io.belljar.linux;

  // Runtime builds plans of steps; the planner encodes them and describes their outcomes; the
  // command line explains them.
  exports io.belljar.plan;
  exports io.belljar.plan.step;
}
