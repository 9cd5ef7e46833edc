package io.belljar.spec.resources;

import java.util.OptionalInt;

/**
 * {@code linux.resources.blockIO.weightDevice[]}.
 *
 * @param major the device's major number
 * @param minor the device's minor number
 * @param weight its weight, 10 to 1000
 * @param leafWeight its weight against child cgroups
 */
public record WeightDevice(long major, long minor, OptionalInt weight, OptionalInt leafWeight) {}
