/** The protocol with the launcher, sessions, residency. */
module io.belljar.planner {
  // Session.run takes a Plan and gives an Outcome.
  requires transitive io.belljar.plan;
  // Where cgroup hierarchies are mounted.
  requires io.belljar.linux;
  // SO_PEERCRED: who is at the other end of a Unix socket.
  requires jdk.net;

  // The library starts launchers; the command line serves requests, resident or started for one.
  exports io.belljar.planner;
}
