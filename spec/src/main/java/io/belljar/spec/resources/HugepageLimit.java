package io.belljar.spec.resources;

/**
 * {@code linux.resources.hugepageLimits[]}.
 *
 * @param pageSize the page size as the cgroup's files are named: {@code 2MB}
 * @param limit bytes; unsigned
 */
public record HugepageLimit(String pageSize, long limit) {}
