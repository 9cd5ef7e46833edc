package io.belljar.linux.namespace;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/**
 * The numbers that the caller's network namespace has given to others (ip-netns(8), {@code ip netns
 * list-id}), asked with rtnetlink's RTM_GETNSID ({@code linux/net_namespace.h}).
 *
 * <pre>
 *  request   nlmsghdr(16)  rtgenmsg(1) + 3   rtattr(4) NETNSA_FD    i32 descriptor
 *  answer    nlmsghdr(16)  rtgenmsg(1) + 3   rtattr(4) NETNSA_NSID  i32 number, -1: none given
 * </pre>
 */
public final class NetworkIds implements AutoCloseable {
  /** No number has been given. */
  public static final int UNASSIGNED = -1;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 02000000;
  private static final int NETLINK_ROUTE = 0;
  private static final short NLM_F_REQUEST = 1;
  private static final short RTM_NEWNSID = 88;
  private static final short RTM_GETNSID = 90;
  private static final short NETNSA_NSID = 1;
  private static final short NETNSA_FD = 3;
  private static final int LENGTH = 28;
  private static final int ATTRIBUTE = 20;
  private static final int ROOM = 256;

  private static final MethodHandle SOCKET =
      Libc.bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SEND =
      Libc.bind("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      Libc.bind("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private final Descriptor socket;

  private NetworkIds(Descriptor socket) {
    this.socket = socket;
  }

  /**
   * Opens a way to ask.
   *
   * @throws NamespaceException when the kernel gives no netlink socket
   */
  public static NetworkIds open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int result =
          call(() -> (int) SOCKET.invokeExact(state, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE));
      if (result < 0) {
        throw new NamespaceException("rtnetlink", "socket", Libc.errno(state));
      }
      return new NetworkIds(new Descriptor(result));
    }
  }

  /**
   * The number of a network namespace, {@link #UNASSIGNED} when it has none; empty when the kernel
   * does not tell.
   */
  public OptionalInt of(NamespaceFile namespace) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment message = arena.allocate(ROOM, 8);
      message.set(JAVA_INT, 0, LENGTH);
      message.set(JAVA_SHORT, 4, RTM_GETNSID);
      message.set(JAVA_SHORT, 6, NLM_F_REQUEST);
      message.set(JAVA_SHORT, ATTRIBUTE, (short) 8);
      message.set(JAVA_SHORT, ATTRIBUTE + 2, NETNSA_FD);
      message.set(JAVA_INT, ATTRIBUTE + 4, namespace.descriptor().number());
      long sent =
          call(() -> (long) SEND.invokeExact(state, socket.number(), message, (long) LENGTH, 0));
      if (sent != LENGTH) {
        return OptionalInt.empty();
      }
      long length =
          call(() -> (long) RECV.invokeExact(state, socket.number(), message, (long) ROOM, 0));
      boolean answered =
          length >= LENGTH
              && message.get(JAVA_SHORT, 4) == RTM_NEWNSID
              && message.get(JAVA_SHORT, ATTRIBUTE + 2) == NETNSA_NSID;
      return answered ? OptionalInt.of(message.get(JAVA_INT, ATTRIBUTE + 4)) : OptionalInt.empty();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
