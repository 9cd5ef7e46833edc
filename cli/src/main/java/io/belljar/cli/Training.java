package io.belljar.cli;

import io.belljar.plan.Bytes;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlanEncoder;
import io.belljar.planner.Caller;
import io.belljar.planner.Environment;
import io.belljar.planner.Request;
import io.belljar.planner.Terminals;
import io.belljar.runtime.rootfs.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The requests that the ahead-of-time cache is made from: the usual life of a container, planned
 * and encoded for real, with a launcher that says yes to everything. Nothing outside a temporary
 * directory is touched.
 */
final class Training {
  private static final int ROUNDS = 20;

  private Training() {}

  static void run() {
    try {
      Path directory = Files.createTempDirectory("belljar-training");
      try {
        Files.createDirectory(directory.resolve("rootfs"));
        Programs programs = new Programs(directory);
        for (int round = 0; round < ROUNDS; round++) {
          life(programs, directory, "c" + round);
        }
      } finally {
        Tree.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void life(Programs programs, Path directory, String id) {
    String root = directory.resolve("state").toString();
    if (!Files.exists(directory.resolve("config.json"))) {
      oci(programs, directory, "spec");
    }
    oci(programs, directory, "--version");
    oci(programs, directory, "--root", root, "--systemd-cgroup", "list");
    oci(programs, directory, "explain", "trained");
    oci(programs, directory, "--root", root, "create", id);
    oci(programs, directory, "--root", root, "start", id);
    oci(programs, directory, "--root", root, "state", id);
    oci(programs, directory, "--root", root, "exec", id, "true");
    oci(programs, directory, "--root", root, "list");
    oci(programs, directory, "--root", root, "kill", id, "KILL");
    oci(programs, directory, "--root", root, "delete", "--force", id);
    oci(programs, directory, "--root", root, "run", id);
  }

  private static void oci(Programs programs, Path directory, String... arguments) {
    programs.handle(new Agreeable(request("belljar-oci", directory, arguments)));
  }

  private static Request request(String program, Path directory, String... arguments) {
    return new Request(
        program,
        List.of(arguments),
        Environment.of(List.of("PATH=/usr/bin:/bin")),
        directory.toString(),
        (int) ProcessHandle.current().pid(),
        0,
        0,
        0022,
        Terminals.NONE);
  }

  /** A caller whose launcher succeeds at everything, and does nothing. */
  private record Agreeable(Request request) implements Caller {
    @Override
    public void print(String text) {}

    @Override
    public void print(byte[] bytes) {}

    @Override
    public byte[] read(int most) {
      return new byte[0];
    }

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public void printError(String text) {}

    @Override
    public void flush() {}

    @Override
    public void seal() {}

    @Override
    public Outcome run(Plan plan) {
      return carryOut(plan);
    }

    @Override
    public Outcome runLast(Plan plan) {
      return carryOut(plan);
    }

    private static Outcome carryOut(Plan plan) {
      if (PlanEncoder.encode(plan).length == 0) {
        throw new IllegalStateException("a plan has a header at least");
      }
      return new Outcome(-1, 0, 0, Bytes.EMPTY);
    }

    @Override
    public void exit(int code) {}
  }
}
