/**
 * Runs programs in isolation, from Java: a root file system, a command, limits and mounts become an
 * {@link io.belljar.Isolation}, and {@link io.belljar.Isolation#start} makes a {@link
 * io.belljar.Container} of it, which is used much like a {@link java.lang.Process}.
 *
 * <pre>{@code
 * var isolation =
 *     Isolation.of(Root.hostPrograms("python3"), "python3", "-c", "print(6 * 7)")
 *         .limits(limits -> limits.memory(64 << 20).processes(16))
 *         .build();
 * try (Container container = isolation.start()) {
 *   String answer = new String(container.output().readAllBytes(), UTF_8);
 *   ExitStatus status = container.waitFor();
 * }
 * }</pre>
 *
 * <p>Neither a daemon nor an installation of Belljar is needed, but the rights to make namespaces,
 * mounts and cgroups: as a rule those of root. The defaults are Docker's: its capabilities, system
 * call filter, masked paths and mounts; a network with nothing but {@code lo}. A container ends
 * when the program does.
 */
package io.belljar;
