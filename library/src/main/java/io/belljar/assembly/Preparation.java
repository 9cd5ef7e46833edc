package io.belljar.assembly;

import io.belljar.DeviceLimit;
import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Root;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Bundle;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.lifecycle.Run;
import io.belljar.runtime.rootfs.HostPrograms;
import io.belljar.runtime.rootfs.HostRoot;
import io.belljar.runtime.rootfs.Progress;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.rootfs.Tarball;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A container on its way from its description to its start: its root is made, its configuration put
 * together, and what it leaves is removed when it does not start.
 */
public final class Preparation {
  private static final int ID_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<String, String> OPTIONS =
      Map.of(
          "linux.resources.memory", "memory",
          "linux.resources.cpu", "cpus",
          "linux.resources.cpu.cpus", "cpuset-cpus",
          "linux.resources.pids", "pids-limit");

  private final Isolation isolation;
  private final Invocation invocation;
  private final ContainerHome home;
  private final Function<String, Optional<String>> environment;
  private final Progress progress;
  private final ContainerId id;

  /**
   * @param invocation the launcher that is to start it
   * @param home where roots are made
   * @param environment the caller's variables, for PATH and TERM
   * @param progress is told of unpacking
   */
  public Preparation(
      Isolation isolation,
      Invocation invocation,
      ContainerHome home,
      Function<String, Optional<String>> environment,
      Progress progress) {
    this.isolation = isolation;
    this.invocation = invocation;
    this.home = home;
    this.environment = environment;
    this.progress = progress;
    this.id =
        isolation.name().map(ContainerId::ofName).orElseGet(() -> new ContainerId(randomId()));
  }

  private static String randomId() {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The container's name. */
  public ContainerId id() {
    return id;
  }

  /**
   * Makes the root and starts the container; when it returns, the launcher goes its own way.
   *
   * @param details what the description does not say
   * @throws RuntimeException of the library's, the lifecycle's and the root's kinds; nothing is
   *     left then, unless the launcher was killed: then the next sweep finds it
   */
  public void run(StartMode mode, UnaryOperator<NewContainer.Builder> details) {
    home.sweep(invocation);
    ProcessIdentity launcher = invocation.launcher();
    Optional<ContainerHome.Place> place =
        isolation.root() instanceof Root.Directory
            ? Optional.empty()
            : Optional.of(home.take(id, launcher));
    boolean done = false;
    try {
      Path rootfs = place.map(this::makeRoot).orElseGet(this::directory);
      NewContainer container = container(rootfs, place, mode, details);
      asOptions(() -> {
        Run.run(invocation, container);
        return container;
      });
      done = true;
    } finally {
      // A launcher that was killed may have a container: whoever sweeps will know.
      if (!done && launcher.isAlive()) {
        place.ifPresent(ContainerHome.Place::remove);
      }
    }
  }

  /** The plan, and no root: for an explanation. Nothing is made. */
  public Plan preview(StartMode mode, UnaryOperator<NewContainer.Builder> details) {
    boolean given = isolation.root() instanceof Root.Directory;
    Path rootfs = given ? directory() : home.place(id).rootfs();
    NewContainer container = container(rootfs, Optional.empty(), mode, details);
    return asOptions(() -> Run.plan(invocation, container));
  }

  /** A refusal names the part of the description, not what the configuration makes of it. */
  private <T> T asOptions(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidRequestException e) {
      String option = option(e.property());
      if (option == null) {
        throw e;
      }
      InvalidIsolationException refused = new InvalidIsolationException(option, e.problem());
      refused.addSuppressed(e);
      throw refused;
    }
  }

  private String option(String property) {
    if (!property.startsWith("linux.resources.blockIO")) {
      return OPTIONS.get(property);
    }
    List<DeviceLimit> devices = isolation.limits().devices();
    return devices.isEmpty() || property.endsWith(".weight")
        ? "blkio-weight"
        : devices.getFirst().kind().option();
  }

  /** What is done before the plan, in words. */
  public String previewOfRoot() {
    return switch (isolation.root()) {
      case Root.Directory directory -> "The root is " + directory.path() + ".";
      case Root.Tarball tarball ->
          "Before the plan, %s is unpacked to %s."
              .formatted(tarball.file(), home.place(id).rootfs());
      case Root.HostPrograms programs -> {
        HostRoot root = resolve(programs);
        yield "Before the plan, %d files, directories and links are copied from the host to %s."
            .formatted(root.entries().size(), home.place(id).rootfs());
      }
    };
  }

  private String origin() {
    return switch (isolation.root()) {
      case Root.Directory directory -> directory.path().toAbsolutePath().normalize().toString();
      case Root.Tarball tarball -> tarball.file().toAbsolutePath().normalize().toString();
      case Root.HostPrograms programs -> "host:" + String.join(",", programs.programs());
    };
  }

  private NewContainer container(
      Path rootfs,
      Optional<ContainerHome.Place> place,
      StartMode mode,
      UnaryOperator<NewContainer.Builder> details) {
    Path directory = home.directory();
    Config config = Assembly.config(isolation, situation(rootfs));
    Bundle bundle = new Bundle(directory, rootfs, config, ConfigWriter.toJson(config));
    return details
        .apply(
            NewContainer.of(id, bundle, mode)
                .supervised(isolation.init())
                .origin(origin())
                .belongings(place.map(ContainerHome.Place::belongings).orElse(List.of())))
        .build();
  }

  private Path directory() {
    Path path = ((Root.Directory) isolation.root()).path().toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      throw new InvalidIsolationException(
          "rootfs", path + (Files.exists(path) ? " is not a directory" : " does not exist"));
    }
    if (path.getNameCount() == 0) {
      throw new InvalidIsolationException("rootfs", "/ is the host's own root");
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new InvalidIsolationException("rootfs", path + " cannot be reached");
    }
  }

  private Path makeRoot(ContainerHome.Place place) {
    switch (isolation.root()) {
      case Root.Directory _ -> throw new IllegalStateException("a directory is not made");
      case Root.Tarball tarball -> unpack(tarball.file(), place);
      case Root.HostPrograms programs -> resolve(programs).writeTo(place.rootfs());
    }
    return place.rootfs();
  }

  private void unpack(Path file, ContainerHome.Place place) {
    try {
      Tarball.of(file.toAbsolutePath().normalize()).unpack(place.rootfs(), progress);
    } catch (RootfsException e) {
      InvalidIsolationException refused = new InvalidIsolationException("rootfs", e.getMessage());
      refused.addSuppressed(e);
      throw refused;
    }
  }

  private HostRoot resolve(Root.HostPrograms programs) {
    String path = environment.apply("PATH").orElse("/usr/sbin:/usr/bin:/sbin:/bin");
    return HostPrograms.of(programs.programs(), path, environment.apply("TERM")).resolve();
  }

  private Situation situation(Path rootfs) {
    Facts facts = invocation.facts().get();
    try {
      return new Situation(
          id,
          rootfs,
          PasswordFile.read(rootfs),
          facts,
          Runtime.getRuntime().availableProcessors(),
          SwapCounting.isHere(facts.cgroups()),
          OrdinaryUser.of(facts, launcherStatus()),
          HostDevice.Source.host(),
          this::process);
    } catch (RootfsException e) {
      throw new InvalidIsolationException("user", e.getMessage());
    }
  }

  private ProcessStatus launcherStatus() {
    return ProcFs.host()
        .status(invocation.launcher().pid())
        .orElseThrow(() -> new LifecycleException("the caller has ended"));
  }

  /** By its name, or by the beginning of one, if only one begins so. */
  private OptionalInt process(String name) {
    List<ContainerId> matching =
        invocation.store().ids().stream()
            .filter(other -> other.value().startsWith(name) && !name.isEmpty())
            .toList();
    Optional<ContainerId> found =
        matching.stream()
            .filter(other -> other.value().equals(name))
            .findFirst()
            .or(() -> matching.size() == 1 ? Optional.of(matching.getFirst()) : Optional.empty());
    return found
        .flatMap(invocation.observer()::look)
        .flatMap(LiveContainer::process)
        .map(process -> OptionalInt.of(process.pid()))
        .orElse(OptionalInt.empty());
  }
}
