/** The protocol with the launcher, sessions, residency. */
module io.belljar.planner {
  // Session.run takes a Plan and gives an Outcome.
  requires transitive io.belljar.plan;
  // Caller has what /proc says of the launcher.
  requires transitive io.belljar.linux;

  // The library starts launchers; the command line serves requests, resident or started for one.
  exports io.belljar.planner;
}
