package io.belljar.runtime.container;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.OwnFiles;
import io.belljar.spec.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code create} and {@code run} ask for: everything about one new container that the plan
 * depends on, besides the {@link io.belljar.runtime.Facts} of the machine.
 *
 * @param id the container's name
 * @param config its configuration, read and validated
 * @param bundle the directory of the configuration, absolute: relative sources are looked up there
 * @param rootfs the root file system, absolute
 * @param stateDirectory where the state of this container is kept, absolute; it exists
 * @param mode what becomes of the launcher when the process is ready
 * @param consoleSocket where the terminal's master is sent; without it the launcher relays the
 *     terminal, or there is none
 * @param pidFile where the process's id is written
 * @param relayTerminal whether the launcher passes its own terminal on to the process
 * @param rows of the terminal; 0 where unknown
 * @param columns of the terminal; 0 where unknown
 * @param noPivot moves the root instead of pivot_root(2): for a host whose root is a ramfs
 * @param newKeyring gives the process a session keyring of its own
 * @param preserveFds how many of the caller's descriptors after standard error the process keeps
 * @param supervised puts an init of ours before the command: it reaps and forwards signals
 * @param dieWithLauncher the kernel kills the process when the launcher ends
 * @param output what its standard files are, where they are not the caller's
 * @param finish arguments of the request that the launcher makes when the process has ended; empty
 *     for none. The state then stays for that request to read and to remove
 */
public record ContainerRequest(
    ContainerId id,
    Config config,
    Path bundle,
    Path rootfs,
    Path stateDirectory,
    StartMode mode,
    Optional<Path> consoleSocket,
    Optional<Path> pidFile,
    boolean relayTerminal,
    int rows,
    int columns,
    boolean noPivot,
    boolean newKeyring,
    int preserveFds,
    boolean supervised,
    boolean dieWithLauncher,
    Optional<Output> output,
    List<String> finish) {
  public ContainerRequest {
    finish = List.copyOf(finish);
  }

  /** The container's state document, written by the planner before the plan is carried out. */
  public Path stateFile() {
    return stateDirectory.resolve(OwnFiles.STATE);
  }

  /** {@code PID STARTTIME} of the container's process, written by the launcher. */
  public Path pidRecord() {
    return stateDirectory.resolve(OwnFiles.PID);
  }

  /** Where a created process waits to be started. */
  public Path startFifo() {
    return stateDirectory.resolve(OwnFiles.FIFO);
  }

  /** How the process ended, written by the launcher that waited for it. */
  public Path exitRecord() {
    return stateDirectory.resolve(OwnFiles.EXIT);
  }

  /** Where the monitor of a detached container keeps what it writes; the newer file first. */
  public List<Path> logs() {
    return List.of(
        stateDirectory.resolve(OwnFiles.LOG), stateDirectory.resolve(OwnFiles.OLDER_LOG));
  }

  /** The socket at which its monitor lets others attach. */
  public Path attachSocket() {
    return stateDirectory.resolve(OwnFiles.ATTACH);
  }

  /** Where its output is logged, by its monitor. */
  public Optional<Output.Logged> logged() {
    return output.filter(Output.Logged.class::isInstance).map(Output.Logged.class::cast);
  }

  /** Exists for as long as the container is being made. */
  public Path creationMarker() {
    return stateDirectory.resolveSibling(".creating").resolve(id.value());
  }
}
