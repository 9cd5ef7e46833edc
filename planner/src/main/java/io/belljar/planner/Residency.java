package io.belljar.planner;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A resident planner, as a request that is about the planner itself sees it. */
public interface Residency {
  /** How it is now. */
  Report report();

  /** Has it end once what is under way is finished. Launchers find it no more. */
  void end();

  /**
   * What there is to know of it.
   *
   * @param socket where launchers find it
   * @param home its distribution's directory, where it has one
   * @param since when it began to serve
   * @param requests how many it has answered or is answering, this one included
   * @param underWay how many of them are not finished, without this one
   * @param idle after how long without a request it ends
   */
  record Report(
      Path socket,
      Optional<Path> home,
      Instant since,
      long requests,
      int underWay,
      Duration idle) {}
}
