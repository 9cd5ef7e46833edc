package io.belljar.planner;

import io.belljar.linux.proc.ProcessStatus;
import io.belljar.plan.FrameType;
import io.belljar.plan.InvalidPlan;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlanEncoder;
import io.belljar.plan.Role;
import io.belljar.plan.WireText;
import io.belljar.plan.step.IdentityStep;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One connection with one launcher, from its request to its end.
 *
 * <pre>
 * launcher                         planner
 *    | REQUEST ----------------------> |
 *    | &lt;-------- SEAL ---------------- |   once, before a container is made or entered
 *    | &lt;-------- PRINT, PLAN --------- |
 *    | OUTCOME ----------------------> |   ... as often as needed
 *    | &lt;-------- PRINT, EXIT --------- |   or nothing, after the success of a last plan
 * </pre>
 *
 * <p>Text waits to be sent together with what follows it, so each arrow is one write. For one
 * thread at a time, but {@link #close} may be called by any, and ends what is under way with {@link
 * LauncherGone}.
 */
public final class Session implements Caller, AutoCloseable {
  /** More than the kernel's words on a failure ever are. */
  private static final int MOST_OUTCOME_BYTES = 12 + (1 << 20);

  private static final int MOST_TEXT_BYTES = 16 << 10;
  private static final int MOST_READ_BYTES = 1 << 20;
  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private final Connection connection;
  private final Request request;
  private final Optional<Introduction> introduction;
  private final boolean closesAfterLast;
  private Optional<ProcessStatus> launcher = Optional.empty();
  private Optional<Residency> residency = Optional.empty();
  private boolean heard;
  private boolean sealed;
  private boolean ended;

  private Session(
      Connection connection,
      Request request,
      Optional<Introduction> introduction,
      boolean closesAfterLast) {
    this.connection = connection;
    this.request = request;
    this.introduction = introduction;
    this.closesAfterLast = closesAfterLast;
  }

  /**
   * Waits for the launcher's request.
   *
   * @param closesAfterLast whether the planner hangs up after a last plan; if not, the connection
   *     stays until {@link #close}, and a launcher that is to end with its planner notices
   * @throws MalformedMessage when it is none; the launcher has been told, and exits with 1
   */
  static Session open(SocketChannel channel, Buffers buffers, boolean closesAfterLast) {
    Connection connection = new Connection(Wire.of(channel), buffers);
    boolean opened = false;
    try {
      Introduction said = receiveRequest(connection);
      Session session = new Session(connection, said.request(), Optional.of(said), closesAfterLast);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        connection.close();
        connection.release();
      }
    }
  }

  /**
   * With a launcher that was started as its sealed copy, and asks nothing: what it is there for is
   * known. The connection stays until {@link #close}.
   */
  static Session with(Wire launcher, Buffers buffers, Request request) {
    Session session =
        new Session(new Connection(launcher, buffers), request, Optional.empty(), false);
    session.sealed = true;
    return session;
  }

  private static Introduction receiveRequest(Connection connection) {
    try {
      return RequestDecoder.decode(
          connection.receive(FrameType.REQUEST, Request.MOST_BYTES, LauncherGone.Phase.REQUEST));
    } catch (MalformedMessage e) {
      try {
        print(connection, STANDARD_ERROR, "belljar: " + e.getMessage() + "\n");
        exit(connection, 1);
      } catch (LauncherGone gone) {
        e.addSuppressed(gone);
      }
      throw e;
    }
  }

  @Override
  public Request request() {
    return request;
  }

  /** What a launcher that has connected said first; whether it is true is not looked at yet. */
  Introduction introduction() {
    return introduction.orElseThrow();
  }

  /** It is true, and this is the launcher's process. */
  void admitted(ProcessStatus status, Residency planner) {
    launcher = Optional.of(status);
    residency = Optional.of(planner);
  }

  @Override
  public Optional<ProcessStatus> launcher() {
    return launcher;
  }

  @Override
  public Optional<Residency> residency() {
    return residency;
  }

  @Override
  public void print(String text) {
    requireOpen();
    print(connection, STANDARD_OUTPUT, text);
  }

  @Override
  public void printError(String text) {
    requireOpen();
    print(connection, STANDARD_ERROR, text);
  }

  @Override
  public void print(byte[] bytes) {
    requireOpen();
    print(connection, STANDARD_OUTPUT, bytes);
  }

  private static void print(Connection connection, int descriptor, String text) {
    print(connection, descriptor, encode(text));
  }

  private static void print(Connection connection, int descriptor, byte[] bytes) {
    for (int start = 0; start < bytes.length; start += MOST_TEXT_BYTES) {
      int length = Math.min(MOST_TEXT_BYTES, bytes.length - start);
      if (connection.pending() + length > Buffers.ORDINARY_BYTES - 64) {
        connection.send(LauncherGone.Phase.ANSWER);
      }
      connection.frame(FrameType.PRINT, 4 + length).putInt(descriptor).put(bytes, start, length);
    }
  }

  private static byte[] encode(String text) {
    try {
      return WireText.encode(text);
    } catch (InvalidPlan e) {
      // Half a character: a message with a question mark in it is better than none.
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void flush() {
    requireOpen();
    if (!heard && connection.pending() == 0) {
      connection.frame(FrameType.PRINT, 4).putInt(STANDARD_OUTPUT);
    }
    heard = true;
    connection.send(LauncherGone.Phase.ANSWER);
  }

  @Override
  public byte[] read(int most) {
    if (most < 1 || most > MOST_READ_BYTES) {
      throw new IllegalArgumentException(most + " is not 1 to " + MOST_READ_BYTES + " bytes");
    }
    requireOpen();
    connection.frame(FrameType.READ, 4).putInt(most);
    connection.send(LauncherGone.Phase.ANSWER);
    ByteBuffer data = connection.receive(FrameType.DATA, most, LauncherGone.Phase.INPUT);
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }

  @Override
  public boolean isGone() {
    return connection.isEnded();
  }

  @Override
  public void seal() {
    requireOpen();
    if (!sealed) {
      sealed = true;
      connection.frame(FrameType.SEAL, 0);
      connection.send(LauncherGone.Phase.ANSWER);
    }
  }

  @Override
  public Outcome run(Plan plan) {
    if (plan.last()) {
      throw new IllegalArgumentException("a last plan is for runLast");
    }
    return carryOut(plan);
  }

  @Override
  public Outcome runLast(Plan plan) {
    if (!plan.last()) {
      throw new IllegalArgumentException("a plan that is not a last one is for run");
    }
    Outcome outcome = carryOut(plan);
    if (outcome.succeeded()) {
      finish();
      if (closesAfterLast) {
        close();
      }
    }
    return outcome;
  }

  private Outcome carryOut(Plan plan) {
    requireOpen();
    byte[] encoded = PlanEncoder.encode(plan);
    if (plan.sealed() && !sealed) {
      connection.frame(FrameType.SEAL, 0);
      sealed = true;
    }
    connection
        .frame(FrameType.PLAN, 4 + encoded.length)
        .putInt((plan.last() ? FrameType.PLAN_LAST : 0) | (plan.timed() ? FrameType.PLAN_TIMED : 0))
        .put(encoded);
    connection.send(LauncherGone.Phase.ANSWER);
    return outcome(plan);
  }

  /** A launcher that has become the command itself says nothing any more: its connection ends. */
  private Outcome outcome(Plan plan) {
    try {
      return receiveOutcome(plan);
    } catch (LauncherGone gone) {
      if (plan.last() && becomesTheCommand(plan)) {
        return Outcome.SUCCESS;
      }
      throw gone;
    }
  }

  private static boolean becomesTheCommand(Plan plan) {
    return plan.steps(Role.LAUNCHER).stream().anyMatch(IdentityStep.Execute.class::isInstance);
  }

  private Outcome receiveOutcome(Plan plan) {
    ByteBuffer payload =
        connection.receive(FrameType.OUTCOME, MOST_OUTCOME_BYTES, LauncherGone.Phase.PLAN);
    if (payload.remaining() < 12) {
      throw new MalformedMessage("an outcome of " + payload.remaining() + " bytes");
    }
    int step = payload.getInt();
    int stage = payload.getInt();
    int errno = payload.getInt();
    if (step < -1 || step >= plan.steps().size()) {
      throw new MalformedMessage(
          "the outcome of step %d of a plan of %d".formatted(step, plan.steps().size()));
    }
    byte[] data = new byte[payload.remaining()];
    payload.get(data);
    return new Outcome(step, stage, errno, data);
  }

  @Override
  public void exit(int code) {
    if (code < 0 || code > 255) {
      throw new IllegalArgumentException("exit code " + code + " is not 0 to 255");
    }
    requireOpen();
    exit(connection, code);
    finish();
  }

  private static void exit(Connection connection, int code) {
    connection.frame(FrameType.EXIT, 4).putInt(code);
    connection.send(LauncherGone.Phase.ANSWER);
  }

  /** Whether the launcher has been told its end, or goes its own way. */
  boolean ended() {
    return ended;
  }

  /** Nothing is said any more. */
  void finish() {
    ended = true;
    connection.release();
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the launcher has been told its end already");
    }
  }

  /** Hangs up. A launcher that needs the planner still undoes what it did, and exits with 1. */
  @Override
  public void close() {
    connection.close();
  }
}
