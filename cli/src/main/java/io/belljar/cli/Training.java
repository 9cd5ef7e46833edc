package io.belljar.cli;

import io.belljar.linux.proc.ProcFs;
import io.belljar.planner.ResidentOptions;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.runtime.state.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The requests that the ahead-of-time cache is made from: the usual life of a container, asked of a
 * planner as the launcher starts it, over its socket, and planned and encoded for real. The
 * launcher at the other end says yes to everything. Nothing outside a temporary directory is
 * touched.
 *
 * <p>What is not asked here is loaded, linked and interpreted anew by every planner that meets it
 * first: it belongs here if an engine or a person waits for it.
 */
final class Training {
  /** Enough for the JVM to know which methods are hot, and with what. */
  private static final int ROUNDS = 20;

  private static final long POLL_MILLIS = 2;

  private final Path directory;
  private final Path state;
  private final TrainingLauncher engine;
  private final TrainingLauncher user;

  private Training(Path directory, Path socket) {
    this.directory = directory;
    this.state = directory.resolve("state");
    this.engine = new TrainingLauncher(socket, directory, 0);
    // No option of belljar says where state is kept, and root's is not to be touched.
    this.user = new TrainingLauncher(socket, directory, 1);
  }

  /**
   * Trains.
   *
   * @param planner serves, given a planner's arguments, until the JVM is told to end
   * @return the exit code
   */
  static int run(ToIntFunction<List<String>> planner) {
    // It goes on living in the build's cgroup, which is not its to leave.
    System.setProperty(ResidentOptions.GROUP_PROPERTY, "keep");
    try {
      Path directory = Files.createTempDirectory("belljar-training");
      Path socket = directory.resolve("planner.sock");
      Thread.ofPlatform().start(() -> System.exit(train(directory, socket)));
      return planner.applyAsInt(List.of("--socket", socket.toString()));
    } catch (IOException e) {
      return failed(e);
    }
  }

  private static int train(Path directory, Path socket) {
    try {
      while (!Files.exists(socket)) {
        Thread.sleep(POLL_MILLIS);
      }
      try {
        new Training(directory, socket).train();
      } finally {
        Tree.delete(directory);
      }
      return 0;
    } catch (IOException | RuntimeException e) {
      return failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(e);
    }
  }

  @SuppressWarnings("SystemOut") // a step of the build, whose log it is
  private static int failed(Exception failure) {
    System.err.println("training: " + failure);
    return 1;
  }

  private void train() throws IOException {
    TrainingLauncher.introduce();
    for (String name : List.of("bin", "dev", "etc", "proc", "sys", "tmp")) {
      Files.createDirectories(directory.resolve("rootfs").resolve(name));
    }
    oci("spec");
    Path config = directory.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"terminal\": true", "\"terminal\": false"));
    for (int round = 0; round < ROUNDS; round++) {
      engine("c" + round);
      command("r" + round);
      people("p" + round);
    }
  }

  /** A container of an engine. */
  private void engine(String id) throws IOException {
    oci("--version");
    oci("list");
    oci("explain", "trained");
    oci("create", id);
    created(id);
    oci("state", id);
    oci("start", id);
    started(id);
    oci("state", id);
    oci("exec", id, "true");
    oci("list");
    oci("kill", id, "KILL");
    ended(id);
    oci("state", id);
    oci("delete", id);
  }

  /** A container that somebody waits for. */
  private void command(String id) throws IOException {
    oci("run", id);
    created(id);
    oci("delete", "--force", id);
  }

  /** Its filter takes libseccomp, without which Belljar can be built: it may fail. */
  private void people(String name) throws IOException {
    user.request("belljar", List.of("--version"));
    user.request(
        "belljar",
        List.of("explain", "run", "--name", name, "--rootfs", directory + "/rootfs", "--", "true"));
  }

  /** A request that fails trains nothing but failures, and nobody would notice. */
  private void oci(String... arguments) throws IOException {
    List<String> words =
        Stream.concat(Stream.of("--root", state.toString()), Stream.of(arguments)).toList();
    TrainingLauncher.Answer answer = engine.request("belljar-oci", words);
    if (answer.code() != 0) {
      throw new IllegalStateException(
          String.join(" ", arguments) + " failed: " + answer.complaints().strip());
    }
  }

  /**
   * What the launcher leaves that has carried {@code create} out; this process is the container's.
   */
  private void created(String id) throws IOException {
    Files.deleteIfExists(state.resolve(".creating").resolve(id));
    if (Files.isDirectory(state.resolve(id))) {
      int pid = (int) ProcessHandle.current().pid();
      Files.writeString(pid(id), pid + " " + ProcFs.host().identify(pid).orElseThrow().startTime());
      Files.createFile(state.resolve(id).resolve(OwnFiles.FIFO));
    }
  }

  private void started(String id) throws IOException {
    Files.deleteIfExists(state.resolve(id).resolve(OwnFiles.FIFO));
  }

  /** A process that is no more: one of this number, and not of this time. */
  private void ended(String id) throws IOException {
    if (Files.exists(pid(id))) {
      Files.writeString(pid(id), ProcessHandle.current().pid() + " 1");
    }
  }

  private Path pid(String id) {
    return state.resolve(id).resolve("pid");
  }
}
