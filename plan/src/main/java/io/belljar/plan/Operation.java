package io.belljar.plan;

import static io.belljar.plan.Argument.BYTES;
import static io.belljar.plan.Argument.NUMBER;
import static io.belljar.plan.Argument.ROLE;
import static io.belljar.plan.Argument.SLOT;
import static io.belljar.plan.Argument.TEXT;
import static io.belljar.plan.Argument.TEXTS;

import java.util.List;

/**
 * What the launcher can do: the one table from which both sides of the wire are made.
 *
 * <p>The launcher's header {@code launcher/src/operations.h} is written from this table by {@link
 * OperationsHeader}, and a test holds the two together. A step is encoded as the code of its
 * operation and its arguments in the order given here. Codes are never reused.
 */
public enum Operation {
  // Descriptors. A slot is a numbered place in which the launcher keeps a descriptor.
  OPEN(1, SLOT, TEXT, NUMBER, NUMBER),
  OPEN_IN(2, SLOT, SLOT, TEXT, NUMBER, NUMBER),
  CREATE_IN(3, SLOT, SLOT, TEXT, NUMBER, NUMBER, NUMBER),
  CLOSE(4, SLOT),
  CONNECT(5, SLOT, TEXT),
  SEND(6, SLOT, SLOT, TEXT),
  STDIO(7, SLOT, NUMBER),
  STDIO_OWNER(8, NUMBER, NUMBER),
  MAKE_PIPE(9, SLOT, SLOT),

  // Files of the host: state and cgroup files, by absolute path.
  WRITE(10, TEXT, BYTES),
  WRITE_PROC(11, SLOT, TEXT, BYTES),
  WRITE_MAP(12, ROLE, TEXT, BYTES),
  MAKE_DIRECTORY(13, TEXT, NUMBER),
  MAKE_FIFO(14, TEXT, NUMBER, NUMBER),
  REMOVE_FILE(15, TEXT),
  REMOVE_DIRECTORY(16, TEXT),
  RECORD_PID(17, TEXT, ROLE, NUMBER),
  RECORD_STATUS(18, TEXT, ROLE),
  REMOVE_TREE(19, TEXT),

  // Mounts.
  MOUNT(20, SLOT, TEXT, TEXT, NUMBER, TEXTS),
  BIND(21, SLOT, SLOT, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER),
  SET_ATTRIBUTES(22, SLOT, NUMBER, NUMBER, NUMBER, NUMBER),
  PIVOT_ROOT(23, SLOT),
  MOVE_ROOT(24, SLOT),
  CHANGE_ROOT(25, SLOT),
  MASK(26, SLOT, TEXT, SLOT, SLOT),
  PROTECT(27, SLOT, TEXT),
  MAKE_NODE(28, SLOT, TEXT, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER),
  MAKE_LINK(29, SLOT, TEXT, TEXT),

  // Processes and namespaces.
  FORK(40, ROLE, NUMBER, SLOT),
  JOIN(41, SLOT, NUMBER, NUMBER),
  UNSHARE(42, NUMBER),
  OPEN_PROCESS(43, SLOT, NUMBER, NUMBER),
  SIGNAL_PROCESS(44, SLOT, NUMBER),
  AWAIT_EXIT(45, SLOT, NUMBER),
  NOTIFY(46, ROLE),
  AWAIT(47, ROLE),
  ADOPT(48, ROLE, ROLE),
  DIE_WITH_PARENT(49, NUMBER),
  DETACH(50, TEXT),
  WAIT(51, ROLE, NUMBER),
  SUPERVISE(52, ROLE),
  RUN(53, TEXT, TEXTS, TEXTS, BYTES, ROLE, BYTES, NUMBER),
  AWAIT_START(54, SLOT),
  START(55, TEXT, SLOT),
  PRINT(56, NUMBER, TEXT),
  FINISH(57, TEXTS),
  JOIN_TIME(58),
  REAP(59, ROLE),

  // Control groups.
  PLACE(60, TEXT, ROLE),
  KILL_GROUP(61, TEXT),
  REMOVE_GROUP(62, TEXT),
  FILTER_DEVICES(63, TEXT, BYTES),
  ENTER_GROUP(64, TEXT, SLOT),

  // What the process is when it starts the command.
  SET_HOSTNAME(70, TEXT),
  SET_DOMAINNAME(71, TEXT),
  LOOPBACK_UP(72),
  LIMIT(73, NUMBER, NUMBER, NUMBER),
  SET_UMASK(74, NUMBER),
  NEW_SESSION(75),
  OPEN_TERMINAL(76, SLOT, SLOT, SLOT, NUMBER, NUMBER),
  CONTROL_TERMINAL(77, SLOT),
  NEW_KEYRING(78, TEXT),
  SET_PERSONALITY(79, NUMBER),
  BOUND_CAPABILITIES(80, NUMBER),
  BECOME(81, NUMBER, NUMBER, BYTES, NUMBER),
  SET_CAPABILITIES(82, NUMBER, NUMBER, NUMBER),
  RAISE_AMBIENT(83, NUMBER),
  NO_NEW_PRIVILEGES(84),
  FILTER_CALLS(85, NUMBER, BYTES),
  CHANGE_DIRECTORY(86, TEXT, NUMBER),
  FIND_PROGRAM(87, TEXTS),
  EXECUTE(88, TEXTS, TEXTS, NUMBER, NUMBER),
  ENTER_DIRECTORY(89, SLOT),

  // A detached container's output.
  MONITOR(90, TEXT, NUMBER, SLOT, SLOT, SLOT, NUMBER),
  ATTACH(91, TEXT, NUMBER, SLOT, BYTES),
  OPEN_OWNER(92, SLOT, SLOT),
  OPEN_OF_SOCKET(93, SLOT, SLOT, NUMBER);

  private final int code;
  private final List<Argument> arguments;

  Operation(int code, Argument... arguments) {
    this.code = code;
    this.arguments = List.of(arguments);
  }

  /** The operation's number on the wire. */
  public int code() {
    return code;
  }

  /** The kinds of its arguments, in the order in which they are encoded; at most eight. */
  public List<Argument> arguments() {
    return arguments;
  }
}
