package io.belljar.runtime.rootfs;

import java.util.List;

/**
 * What came of a tarball.
 *
 * @param entries made
 * @param bytes of the files' content
 * @param skippedDevices entries below {@code dev/} that are devices or fifos: a container has a
 *     {@code /dev} of its own
 * @param withoutCapabilities programs whose file capabilities could not be kept (capabilities(7)),
 *     quoted for printing, at most 100: setting {@code security.capability} is not possible from
 *     Java. Such a program (say {@code ping}) has no privileges of its own in the root.
 */
public record Unpacked(
    long entries, long bytes, long skippedDevices, List<String> withoutCapabilities) {
  public Unpacked {
    withoutCapabilities = List.copyOf(withoutCapabilities);
  }
}
