package io.belljar.cli;

import io.belljar.plan.FrameType;
import io.belljar.planner.LauncherProof;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The other end of the protocol: a launcher that says yes to every plan, and does nothing.
 *
 * @param socket where the planner listens
 * @param directory the working directory of its caller, and all that an ordinary user has
 * @param uid of its caller, as it says
 */
record TrainingLauncher(Path socket, Path directory, int uid) {
  private static final LauncherProof PROOF = new LauncherProof(1, 2);
  private static final int HEADER_BYTES = 8;
  private static final int SUCCESS = -1;
  private static final int STANDARD_ERROR = 2;

  /** Gives this process the name of a launcher: the planner looks at who asks. */
  static void introduce() throws IOException {
    Files.writeString(Path.of("/proc/self/comm"), PROOF.name((int) ProcessHandle.current().pid()));
  }

  /**
   * How a request ended.
   *
   * @param code the exit code
   * @param complaints what came for standard error
   */
  record Answer(int code, String complaints) {}

  /**
   * Makes a request, and goes along with what comes until the end.
   *
   * @return how it ended; with 0 after a last plan
   */
  Answer request(String program, List<String> arguments) throws IOException {
    StringBuilder complaints = new StringBuilder();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      send(channel, FrameType.REQUEST, payload(program, arguments));
      while (true) {
        ByteBuffer header = receive(channel, HEADER_BYTES);
        int type = header.getInt();
        ByteBuffer payload = receive(channel, header.getInt());
        if (type == FrameType.EXIT.number()) {
          return new Answer(payload.getInt(), complaints.toString());
        }
        if (type == FrameType.PRINT.number() && payload.getInt() == STANDARD_ERROR) {
          complaints.append(StandardCharsets.UTF_8.decode(payload));
        }
        if (type == FrameType.READ.number()) {
          send(channel, FrameType.DATA, new byte[0]);
        }
        if (type == FrameType.PLAN.number()) {
          send(channel, FrameType.OUTCOME, buffer(12).putInt(SUCCESS).array());
          if ((payload.getInt() & FrameType.PLAN_LAST) != 0) {
            return new Answer(0, complaints.toString());
          }
        }
      }
    }
  }

  private byte[] payload(String program, List<String> arguments) {
    List<String> texts = new ArrayList<>(List.of(program, directory.toString()));
    texts.addAll(arguments);
    texts.add("PATH=/usr/bin:/bin");
    texts.add("XDG_RUNTIME_DIR=" + directory);
    texts.add("HOME=" + directory);
    byte[] text = (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
    return buffer(64 + text.length)
        .putInt(FrameType.PROTOCOL_VERSION)
        .putInt((int) ProcessHandle.current().pid())
        .putInt(uid)
        .putInt(0) // gid
        .putInt(0022) // umask
        .putInt(0) // terminals
        .putInt(0) // rows
        .putInt(0) // columns
        .putInt(arguments.size())
        .putInt(3) // environment
        .putLong(PROOF.first())
        .putLong(PROOF.second())
        .putLong(0) // world
        .put(text)
        .array();
  }

  private static void send(SocketChannel channel, FrameType type, byte[] payload)
      throws IOException {
    ByteBuffer frame = buffer(HEADER_BYTES + payload.length);
    frame.putInt(type.number()).putInt(payload.length).put(payload).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  private static ByteBuffer receive(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = buffer(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the planner hung up on a request of the training");
      }
    }
    return buffer.flip();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
