package io.belljar.planner;

import io.belljar.plan.Bytes;
import io.belljar.plan.FrameType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The launcher's side of the protocol, in Java. */
final class FakeLauncher implements AutoCloseable {
  static final LauncherProof PROOF = new LauncherProof(0x0123_4567_89AB_CDEFL, 42);
  private static final int PID = (int) ProcessHandle.current().pid();

  static {
    try {
      Files.writeString(Path.of("/proc/self/comm"), PROOF.name(PID));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final SocketChannel channel;

  FakeLauncher(SocketChannel channel) {
    this.channel = channel;
  }

  /** A frame that the planner sent. */
  record Frame(int type, Bytes payload) {
    Frame(int type, byte[] payload) {
      this(type, Bytes.of(payload));
    }

    static Frame print(int descriptor, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Frame(
          FrameType.PRINT.number(), little(4 + bytes.length).putInt(descriptor).put(bytes).array());
    }

    static Frame exit(int code) {
      return new Frame(FrameType.EXIT.number(), little(4).putInt(code).array());
    }

    @Override
    public String toString() {
      byte[] bytes = payload.toArray();
      int head = type == FrameType.PRINT.number() ? 4 : bytes.length;
      String numbers = HexFormat.of().formatHex(bytes, 0, head);
      String text = new String(bytes, head, bytes.length - head, StandardCharsets.UTF_8);
      return "%d[%s %s]".formatted(type, numbers, text);
    }
  }

  /** Both ends of a connection: the launcher's, and the channel of the planner's. */
  record Pair(FakeLauncher launcher, SocketChannel planner) {
    static Pair open() throws IOException {
      Path directory = Files.createTempDirectory("belljar-test");
      Path path = directory.resolve("s");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        FakeLauncher launcher = connect(path);
        return new Pair(launcher, server.accept());
      } finally {
        Files.deleteIfExists(path);
        Files.delete(directory);
      }
    }
  }

  static FakeLauncher connect(Path socket) throws IOException {
    return new FakeLauncher(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The payload of a request of this process. */
  static byte[] request(String program, List<String> arguments, List<String> environment) {
    return request(PID, program, arguments, environment);
  }

  /** The same, that claims to be of another one. */
  static byte[] request(int pid, String program, List<String> arguments, List<String> environment) {
    List<String> texts = new ArrayList<>(List.of(program, "/tmp"));
    texts.addAll(arguments);
    texts.addAll(environment);
    byte[] tail = String.join("\0", texts).concat("\0").getBytes(StandardCharsets.UTF_8);
    return little(64 + tail.length)
        .putInt(2)
        .putInt(pid)
        .putInt(1000)
        .putInt(100)
        .putInt(0022)
        .putInt(0b101)
        .putInt(24)
        .putInt(80)
        .putInt(arguments.size())
        .putInt(environment.size())
        .putLong(PROOF.first())
        .putLong(PROOF.second())
        .putLong(0)
        .put(tail)
        .array();
  }

  FakeLauncher sendRequest(String... arguments) throws IOException {
    return send(FrameType.REQUEST, request("belljar", List.of(arguments), List.of("A=1")));
  }

  FakeLauncher sendOutcome(int step, int stage, int errno, String data) throws IOException {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return send(
        FrameType.OUTCOME,
        little(12 + bytes.length).putInt(step).putInt(stage).putInt(errno).put(bytes).array());
  }

  FakeLauncher send(FrameType type, byte[] payload) throws IOException {
    return send(
        little(8 + payload.length)
            .putInt(type.number())
            .putInt(payload.length)
            .put(payload)
            .array());
  }

  FakeLauncher send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  /** The next frame. */
  Frame receive() throws IOException {
    ByteBuffer header = fill(8);
    int type = header.getInt();
    return new Frame(type, fill(header.getInt()).array());
  }

  private ByteBuffer fill(int bytes) throws IOException {
    ByteBuffer buffer = little(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("the planner hung up");
      }
    }
    return buffer.flip();
  }

  /** All frames until the planner hangs up. */
  List<Frame> receiveAll() throws IOException {
    List<Frame> frames = new ArrayList<>();
    while (true) {
      ByteBuffer header = little(8);
      while (header.hasRemaining()) {
        if (channel.read(header) < 0) {
          return frames;
        }
      }
      header.flip();
      frames.add(new Frame(header.getInt(), fill(header.getInt()).array()));
    }
  }

  /** How many bytes one read gives. */
  int readOnce() throws IOException {
    return channel.read(ByteBuffer.allocate(1 << 20));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
