package io.belljar.spec.resources;

/**
 * {@code linux.resources.blockIO.throttle…Device[]}.
 *
 * @param major the device's major number
 * @param minor the device's minor number
 * @param rate bytes or operations per second; unsigned, 0 is unlimited
 */
public record ThrottleDevice(long major, long minor, long rate) {}
