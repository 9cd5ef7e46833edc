package io.belljar.runtime.container;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.config.Config;
import io.belljar.spec.process.Process;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code exec} asks for: one more process in a running container.
 *
 * @param id the container's name
 * @param config its configuration
 * @param process what to run; what it leaves out is the container's
 * @param init the container's first process: whose namespaces are joined
 * @param namespaces the kinds of which init is in others than the launcher
 * @param rootfs the container's root, absolute: where it has no mount namespace of its own
 * @param detached whether the launcher leaves once the process runs
 * @param consoleSocket where the terminal's master is sent
 * @param pidFile where the process's id is written
 * @param relayTerminal whether the launcher passes its own terminal on to the process
 * @param rows of the terminal; 0 where unknown
 * @param columns of the terminal; 0 where unknown
 * @param newKeyring joins the container's session keyring
 * @param silent which of the standard descriptors lead nowhere, where it has no terminal
 * @param preserveFds how many of the caller's descriptors after standard error the process keeps
 */
public record ExecRequest(
    ContainerId id,
    Config config,
    Process process,
    ProcessIdentity init,
    Set<NamespaceKind> namespaces,
    Path rootfs,
    boolean detached,
    Optional<Path> consoleSocket,
    Optional<Path> pidFile,
    boolean relayTerminal,
    int rows,
    int columns,
    boolean newKeyring,
    Set<Integer> silent,
    int preserveFds) {
  public ExecRequest {
    namespaces = Set.copyOf(namespaces);
    silent = Set.copyOf(silent);
  }
}
