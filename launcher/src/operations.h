/* What the launcher can do, and the numbers of the wire.
 * Written by io.belljar.plan.OperationsHeader; a test holds it to the Java side. Do not edit. */
#ifndef BELLJAR_OPERATIONS_H
#define BELLJAR_OPERATIONS_H

/* A plan: header {u32 magic, length of the whole, number of steps, offset of the data},
 * steps {u16 operation, u16 role, u32 tolerated errno, u64 arguments[8]}, data at a multiple of 8.
 * All little endian; offsets in arguments count from the start of the data. */
#define PLAN_MAGIC 0x31504a42u
#define PLAN_HEADER_BYTES 16
#define PLAN_STEP_BYTES 72
#define PLAN_ARGUMENTS 8
#define PLAN_MOST_BYTES 4194304

/* Places for descriptors. */
#define SLOT_COUNT 63
#define SLOT_NONE 255

/* Who carries a step out. */
#define ROLE_LAUNCHER 0
#define ROLE_JOINER 1
#define ROLE_INIT 2
#define ROLE_COMMAND 3
#define ROLE_UNDO 254
#define ROLE_END 255

/* Frames between launcher and planner: {u32 type, u32 length}, payload. */
#define PROTOCOL_VERSION 2
#define FRAME_REQUEST 1
#define FRAME_OUTCOME 2
#define FRAME_DATA 3
#define FRAME_PRINT 16
#define FRAME_EXIT 17
#define FRAME_SEAL 18
#define FRAME_PLAN 19
#define FRAME_READ 20
/* Flag of FRAME_PLAN: after success the launcher goes its own way. */
#define PLAN_LAST 1
/* Another: the outcome's data are an exit code and the nanoseconds of each step. */
#define PLAN_TIMED 2

/* Kinds of argument: n number s slot r role t text b bytes v texts.
 * X(code, NAME, name, kinds) */
#define OPERATIONS(X) \
  X(1, OPEN, open, "stnn") \
  X(2, OPEN_IN, open_in, "sstnn") \
  X(3, CREATE_IN, create_in, "sstnnn") \
  X(4, CLOSE, close, "s") \
  X(5, CONNECT, connect, "st") \
  X(6, SEND, send, "sst") \
  X(7, STDIO, stdio, "sn") \
  X(8, STDIO_OWNER, stdio_owner, "nn") \
  X(9, MAKE_PIPE, make_pipe, "ss") \
  X(10, WRITE, write, "tb") \
  X(11, WRITE_PROC, write_proc, "stb") \
  X(12, WRITE_MAP, write_map, "rtb") \
  X(13, MAKE_DIRECTORY, make_directory, "tn") \
  X(14, MAKE_FIFO, make_fifo, "tnn") \
  X(15, REMOVE_FILE, remove_file, "t") \
  X(16, REMOVE_DIRECTORY, remove_directory, "t") \
  X(17, RECORD_PID, record_pid, "trn") \
  X(18, RECORD_STATUS, record_status, "tr") \
  X(19, REMOVE_TREE, remove_tree, "t") \
  X(20, MOUNT, mount, "sttnv") \
  X(21, BIND, bind, "ssnnnnnn") \
  X(22, SET_ATTRIBUTES, set_attributes, "snnnn") \
  X(23, PIVOT_ROOT, pivot_root, "s") \
  X(24, MOVE_ROOT, move_root, "s") \
  X(25, CHANGE_ROOT, change_root, "s") \
  X(26, MASK, mask, "stss") \
  X(27, PROTECT, protect, "st") \
  X(28, MAKE_NODE, make_node, "stnnnnn") \
  X(29, MAKE_LINK, make_link, "stt") \
  X(40, FORK, fork, "rns") \
  X(41, JOIN, join, "snn") \
  X(42, UNSHARE, unshare, "n") \
  X(43, OPEN_PROCESS, open_process, "snn") \
  X(44, SIGNAL_PROCESS, signal_process, "sn") \
  X(45, AWAIT_EXIT, await_exit, "sn") \
  X(46, NOTIFY, notify, "r") \
  X(47, AWAIT, await, "r") \
  X(48, ADOPT, adopt, "rr") \
  X(49, DIE_WITH_PARENT, die_with_parent, "n") \
  X(50, DETACH, detach, "t") \
  X(51, WAIT, wait, "rn") \
  X(52, SUPERVISE, supervise, "r") \
  X(53, RUN, run, "tvvbrbn") \
  X(54, AWAIT_START, await_start, "s") \
  X(55, START, start, "ts") \
  X(56, PRINT, print, "nt") \
  X(57, FINISH, finish, "v") \
  X(58, JOIN_TIME, join_time, "") \
  X(59, REAP, reap, "r") \
  X(60, PLACE, place, "tr") \
  X(61, KILL_GROUP, kill_group, "t") \
  X(62, REMOVE_GROUP, remove_group, "t") \
  X(63, FILTER_DEVICES, filter_devices, "tb") \
  X(64, ENTER_GROUP, enter_group, "ts") \
  X(70, SET_HOSTNAME, set_hostname, "t") \
  X(71, SET_DOMAINNAME, set_domainname, "t") \
  X(72, LOOPBACK_UP, loopback_up, "") \
  X(73, LIMIT, limit, "nnn") \
  X(74, SET_UMASK, set_umask, "n") \
  X(75, NEW_SESSION, new_session, "") \
  X(76, OPEN_TERMINAL, open_terminal, "sssnn") \
  X(77, CONTROL_TERMINAL, control_terminal, "s") \
  X(78, NEW_KEYRING, new_keyring, "t") \
  X(79, SET_PERSONALITY, set_personality, "n") \
  X(80, BOUND_CAPABILITIES, bound_capabilities, "n") \
  X(81, BECOME, become, "nnbn") \
  X(82, SET_CAPABILITIES, set_capabilities, "nnn") \
  X(83, RAISE_AMBIENT, raise_ambient, "n") \
  X(84, NO_NEW_PRIVILEGES, no_new_privileges, "") \
  X(85, FILTER_CALLS, filter_calls, "nb") \
  X(86, CHANGE_DIRECTORY, change_directory, "tn") \
  X(87, FIND_PROGRAM, find_program, "v") \
  X(88, EXECUTE, execute, "vvnn") \
  X(89, ENTER_DIRECTORY, enter_directory, "s") \
  X(90, MONITOR, monitor, "tnsssn") \
  X(91, ATTACH, attach, "tnsb") \
  X(92, OPEN_OWNER, open_owner, "ss") \
  X(93, OPEN_OF_SOCKET, open_of_socket, "ssn")

#endif
