package io.belljar.spec.resources;

import java.util.OptionalLong;

/**
 * A member of {@code linux.resources.rdma}: limits for one device.
 *
 * @param hcaHandles how many handles, 32 bits
 * @param hcaObjects how many objects, 32 bits
 */
public record Rdma(OptionalLong hcaHandles, OptionalLong hcaObjects) {}
