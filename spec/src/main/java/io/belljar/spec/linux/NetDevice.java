package io.belljar.spec.linux;

import java.util.Optional;

/**
 * A member of {@code linux.netDevices}, whose key is the interface on the host (1.3).
 *
 * @param name what it is called in the container; absent means the same
 */
public record NetDevice(Optional<String> name) {}
