package io.belljar.assembly;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.user.PasswordFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a configuration depends on besides the description; fixed in tests.
 *
 * @param id the container
 * @param rootfs its root, absolute
 * @param accounts the root's users and groups
 * @param facts the machine, as the launcher sees it
 * @param processors how many the machine has
 * @param countsSwap whether the kernel limits memory and swap together
 * @param ordinary the caller, if it does not administrate the machine
 * @param devices the host's devices
 * @param containers the first process of a running container, by its name
 */
public record Situation(
    ContainerId id,
    Path rootfs,
    PasswordFile accounts,
    Facts facts,
    int processors,
    boolean countsSwap,
    Optional<OrdinaryUser> ordinary,
    HostDevice.Source devices,
    Function<String, OptionalInt> containers) {

  /** The capabilities that the launcher can pass on; in a new user namespace there are all. */
  long grantable() {
    long held = ordinary.isPresent() ? -1L : facts.heldCapabilities();
    return held & facts.knownCapabilities();
  }

  /** The first digits of the id, or the name: sethostname(2) takes 64 bytes. */
  String hostname(Optional<String> name) {
    String text = name.orElse(id.value().substring(0, Math.min(12, id.value().length())));
    return text.substring(0, Math.min(63, text.length()));
  }
}
