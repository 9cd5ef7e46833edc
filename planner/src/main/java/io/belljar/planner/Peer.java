package io.belljar.planner;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of a Unix socket: SO_PEERCRED of unix(7). */
final class Peer {
  private Peer() {}

  /** Whether whoever connected ran as the user that this process runs as. */
  static boolean isSameUser(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(Self.PROCESS.user());
  }
}
