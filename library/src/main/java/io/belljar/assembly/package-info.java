/**
 * From an {@link io.belljar.Isolation} to what the runtime is asked for: a root on disk, a
 * configuration, a container's home. Shared by the library and the command line.
 */
package io.belljar.assembly;
