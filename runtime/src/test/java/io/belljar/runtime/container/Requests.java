package io.belljar.runtime.container;

import io.belljar.runtime.ContainerId;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.DefaultConfig;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.process.Process;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Requests to plan: each test changes what it is about. */
final class Requests {
  static final Path BUNDLE = Path.of("/srv/bundle");
  static final Path ROOTFS = Path.of("/srv/bundle/rootfs");
  static final Path STATE = Path.of("/run/belljar/containers/web");

  private Requests() {}

  /** runc's default configuration, without its terminal. */
  static Config config() {
    return process(DefaultConfig.rootful(false), process -> process.terminal(false));
  }

  static Config process(Config config, UnaryOperator<Process.Builder> change) {
    Process process = config.process().orElseThrow();
    return config.toBuilder()
        .process(Optional.of(change.apply(process.toBuilder()).build()))
        .build();
  }

  static Config linux(Config config, UnaryOperator<Linux.Builder> change) {
    return config.toBuilder().linux(change.apply(config.linux().toBuilder()).build()).build();
  }

  static ContainerRequest run(Config config) {
    return request(config, StartMode.FOREGROUND, false, false, List.of());
  }

  static ContainerRequest request(
      Config config,
      StartMode mode,
      boolean consoleSocket,
      boolean supervised,
      List<String> finish) {
    return request(config, ROOTFS, mode, consoleSocket, supervised, finish);
  }

  static ContainerRequest request(
      Config config,
      Path rootfs,
      StartMode mode,
      boolean consoleSocket,
      boolean supervised,
      List<String> finish) {
    return new ContainerRequest(
        new ContainerId("web"),
        config,
        BUNDLE,
        rootfs,
        STATE,
        mode,
        consoleSocket ? Optional.of(Path.of("/run/console.sock")) : Optional.empty(),
        mode == StartMode.CREATE ? Optional.of(Path.of("/run/web.pid")) : Optional.empty(),
        mode == StartMode.FOREGROUND,
        24,
        80,
        false,
        true,
        0,
        supervised,
        false,
        mode == StartMode.MONITORED
            ? Optional.of(new Output.Logged(10 << 20, true, "web\n"))
            : Optional.empty(),
        finish);
  }
}
