/**
 * Children of this program that it starts itself: what {@link java.lang.ProcessBuilder} does, but
 * without a helper in between, with a program that is nowhere in the file system, and with a
 * connection to it.
 *
 * <pre>
 * Child.start                                       the child
 *    | pipes or this program's own ----------------- 0, 1, 2
 *    | LocalSocket.Pair: one end here, the other --- 3
 *    | Program: a sealed file in memory ------------ 4, of which it was executed
 *    |                                               5 and above are closed
 *    | a thread waits for its end, and reaps it
 * </pre>
 */
package io.belljar.linux.process;
