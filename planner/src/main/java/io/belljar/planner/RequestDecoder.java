package io.belljar.planner;

import io.belljar.plan.FrameType;
import io.belljar.plan.WireText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the payload of a REQUEST frame, little endian:
 *
 * <pre>
 * u32 version, pid, uid, gid, umask, terminals (bit n: descriptor n is one), rows, columns
 * u32 count of arguments after the program's name, count of environment entries
 * u64 proof (two), world
 * text, each ended by a NUL: program, working directory, arguments, environment
 * </pre>
 */
final class RequestDecoder {
  private static final int HEAD_BYTES = 64;
  private static final int MOST_ROWS = 0xFFFF;

  private final ByteBuffer payload;

  private RequestDecoder(ByteBuffer payload) {
    this.payload = payload;
  }

  /**
   * Reads the whole of the buffer, which is little endian.
   *
   * @throws MalformedMessage when it is not exactly one request
   */
  static Introduction decode(ByteBuffer payload) {
    return new RequestDecoder(payload).decode();
  }

  private Introduction decode() {
    if (payload.remaining() < HEAD_BYTES) {
      throw new MalformedMessage(
          "a request of %d bytes, but its head alone has %d"
              .formatted(payload.remaining(), HEAD_BYTES));
    }
    long version = number("version", 0xFFFF_FFFFL);
    if (version != FrameType.PROTOCOL_VERSION) {
      throw new MalformedMessage(
          "it speaks version %d of the protocol, this planner version %d: they are not of the"
                  .formatted(version, FrameType.PROTOCOL_VERSION)
              + " same installation");
    }
    int pid = (int) number("pid", Integer.MAX_VALUE);
    long uid = number("uid", 0xFFFF_FFFFL);
    long gid = number("gid", 0xFFFF_FFFFL);
    int umask = (int) number("umask", 0_777);
    int bits = (int) number("terminals", 0b111);
    int rows = (int) number("rows", MOST_ROWS);
    int columns = (int) number("columns", MOST_ROWS);
    int arguments = count("arguments");
    int entries = count("environment");
    LauncherProof proof = new LauncherProof(payload.getLong(), payload.getLong());
    long world = payload.getLong();
    String program = text("program");
    String directory = directory();
    List<String> list = new ArrayList<>(arguments);
    for (int i = 0; i < arguments; i++) {
      list.add(text("argument"));
    }
    Terminals terminals =
        new Terminals((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, rows, columns);
    Request request =
        new Request(
            program, list, environment(entries), directory, pid, uid, gid, umask, terminals);
    return new Introduction(request, proof, world);
  }

  private long number(String what, long most) {
    long value = payload.getInt() & 0xFFFF_FFFFL;
    if (value > most) {
      throw new MalformedMessage("%s %d is more than %d".formatted(what, value, most));
    }
    return value;
  }

  /** Checked against the bytes that are there, so that a count alone can't take memory. */
  private int count(String what) {
    return (int) number("count of " + what, payload.remaining());
  }

  private String directory() {
    String directory = text("working directory");
    if (!directory.isEmpty() && !directory.startsWith("/")) {
      throw new MalformedMessage(
          "the working directory \"%s\" is not absolute".formatted(directory));
    }
    return directory;
  }

  private String text(String what) {
    int start = payload.position();
    for (int at = start; at < payload.limit(); at++) {
      if (payload.get(at) == 0) {
        byte[] bytes = new byte[at - start];
        payload.get(bytes);
        payload.position(at + 1);
        return WireText.decode(bytes);
      }
    }
    throw new MalformedMessage("the request ends within its " + what);
  }

  private Environment environment(int entries) {
    byte[] block = new byte[payload.remaining()];
    payload.get(block);
    int ends = 0;
    for (byte b : block) {
      ends += b == 0 ? 1 : 0;
    }
    boolean ended = block.length == 0 || block[block.length - 1] == 0;
    if (!ended || ends != entries) {
      throw new MalformedMessage(
          "%d environment entries are announced, and %d%s follow"
              .formatted(entries, ends, ended ? "" : " and a part of one"));
    }
    return Environment.ofBlock(block);
  }
}
