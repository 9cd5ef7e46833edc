/**
 * What a kernel and a machine offer, and whether {@code belljar run} can work.
 *
 * <p>{@link io.belljar.toolbox.check.MachineReader} asks: by trying, in children that end at once
 * ({@link io.belljar.toolbox.check.Trials}), by calls that change nothing, and by reading. {@link
 * io.belljar.toolbox.check.Check} judges what was found, and nothing else.
 */
package io.belljar.toolbox.check;
