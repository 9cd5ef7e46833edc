package io.belljar.planner;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket that a service manager listens at, and has handed over as standard input
 * (sd_listen_fds(3)). It has a fixed name, so launchers of all kinds come; those whose planner has
 * another name are not answered, and go on to start their own.
 *
 * @param channel the socket
 * @param world the hash in the name of the planner's own socket, see docs/protocol.md
 */
record InheritedSocket(ServerSocketChannel channel, long world) {
  private static final Pattern NAME = Pattern.compile("planner-([0-9a-f]{16})\\.sock");

  /**
   * Takes it.
   *
   * @param own the planner's own socket
   * @throws ResidencyRefused when standard input is none
   */
  static InheritedSocket take(Path own) {
    Matcher name = NAME.matcher(own.getFileName().toString());
    if (!name.matches()) {
      throw new ResidencyRefused(own + " is not named as launchers name a planner's socket");
    }
    return new InheritedSocket(standardInput(), Long.parseUnsignedLong(name.group(1), 16));
  }

  private static ServerSocketChannel standardInput() {
    try {
      Channel inherited = System.inheritedChannel();
      if (inherited instanceof ServerSocketChannel listening) {
        return listening;
      }
      throw new ResidencyRefused("standard input is not a socket that somebody listens at");
    } catch (IOException e) {
      throw new ResidencyRefused("the socket on standard input can't be used", e);
    }
  }

  /**
   * Hangs up on who has connected, as another planner listens at our own name: launchers that
   * belong here ask that one. Were they left waiting, the service manager would start us again.
   */
  void turnAway() {
    try {
      channel.configureBlocking(false);
      Optional<SocketChannel> waiting = Optional.ofNullable(channel.accept());
      while (waiting.isPresent()) {
        waiting.get().close();
        waiting = Optional.ofNullable(channel.accept());
      }
    } catch (IOException e) {
      throw new ResidencyRefused("the socket on standard input can't be used", e);
    }
  }
}
