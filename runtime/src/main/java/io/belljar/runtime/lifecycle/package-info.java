/**
 * The verbs: one file for each thing that can be asked of a container. A verb looks at the stored
 * state, plans, and has the launcher carry the plan out.
 *
 * <h2>What is left when somebody is killed</h2>
 *
 * <p>A container comes and goes in this order. Lines in brackets are done by the planner, the
 * others by the launcher, as steps of a plan.
 *
 * <pre>
 *   create, run                                     killed after this line, this is left:
 *   ───────────                                     ─────────────────────────────────────
 *   [lock]
 *   [marker: what, who, groups, belongings]         the marker
 *   [directory]                                     + an empty directory
 *   [state.json]                                    + a state without a process
 *   [unlock]
 *   exec.fifo, v2 group                             + that group
 *   fork                                            + a process that dies with its launcher
 *   pid                                             + its record
 *   v1 groups, limits                               + those groups
 *   (the process lets go of its launcher)           + a process that lives on
 *   remove marker                                   nothing: the container is there
 *
 *   delete
 *   ──────
 *   [lock]
 *   [marker]                                        a container that is to be removed
 *   kill, remove groups                             less and less of it
 *   [belongings, pid, exec.fifo, exit]
 *   [state.json]                                    an empty directory
 *   [directory]
 *   poststop hooks
 *   [remove marker, unlock]                         nothing
 * </pre>
 *
 * <p>So a marker is there before anything that it stands for, and goes after all of it. It names
 * the launcher by its id and start time: while that one lives, the work is under way; once it is
 * dead, the next command of anybody has {@link io.belljar.runtime.lifecycle.Recovery} do what is
 * missing. A planner that dies takes its locks with it; its launcher notices, undoes its plan and
 * exits. A plan that fails is undone by the launcher itself, marker last.
 *
 * <p>Ids and start times mean something in one pid namespace, until the machine is started again;
 * so markers and states say in which they were written. What belongs to another pid namespace is
 * shown, and otherwise left alone: from outside, its processes cannot be told from dead ones. What
 * was written before the last boot has no process any more.
 *
 * <p>Three things have no marker, and are recognised without one. A foreground container whose
 * launcher was killed lives on; when it has ended, its state says that nobody wants it. So it does
 * of a Java program's container, which the program removes in this order without a marker. And a
 * launcher that is killed while it clears up after the end leaves a directory without {@code
 * state.json}.
 *
 * <h2>Two commands at once</h2>
 *
 * <p>Whatever changes a container holds its lock, looks at it again, and only then plans. The lock
 * is not held while a new container is being made: its marker keeps others away. Commands that only
 * look, or signal, need no lock: a process is named by its id and start time, and the launcher
 * compares both.
 */
package io.belljar.runtime.lifecycle;
