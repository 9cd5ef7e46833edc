package io.belljar.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.FrameType;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlanEncoder;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.planner.FakeLauncher.Frame;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Plan PLAN = builder().build();
  private static final Plan SEALED = builder().sealed().build();
  private static final Plan LAST = builder().sealed().last().build();

  private FakeLauncher.Pair pair;
  private FakeLauncher launcher;

  private static Plan.Builder builder() {
    return Plan.builder()
        .add(new FileStep.MakeDirectory("/run/x", 0700), "a test")
        .add(new FileStep.RemoveDirectory("/run/x"), "a test");
  }

  private static Frame frame(Plan plan) {
    byte[] encoded = PlanEncoder.encode(plan);
    return new Frame(
        FrameType.PLAN.number(),
        FakeLauncher.little(4 + encoded.length).putInt(plan.last() ? 1 : 0).put(encoded).array());
  }

  @BeforeEach
  void connect() throws IOException {
    pair = FakeLauncher.Pair.open();
    launcher = pair.launcher();
  }

  @AfterEach
  void disconnect() throws IOException {
    launcher.close();
    pair.planner().close();
  }

  private Session open() throws IOException {
    launcher.sendRequest("run");
    return Session.open(pair.planner(), new Buffers(), true);
  }

  @Test
  void readsTheRequest() throws IOException {
    assertThat(open().request().arguments()).containsExactly("run");
  }

  @Test
  void printsBytesAsTheyAre() throws IOException {
    Session session = open();
    session.print(new byte[] {(byte) 0xFF, 0, 'a'});
    session.exit(0);
    assertThat(launcher.receive().payload().toArray())
        .isEqualTo(new byte[] {1, 0, 0, 0, (byte) 0xFF, 0, 'a'});
  }

  @Test
  void asksForTheCallersInput() throws IOException {
    Session session = open();
    session.print("prompt");
    launcher.send(FrameType.DATA, "typed".getBytes(UTF_8));
    assertThat(session.read(100)).isEqualTo("typed".getBytes(UTF_8));
    assertThat(launcher.receive()).isEqualTo(Frame.print(1, "prompt"));
    assertThat(launcher.receive())
        .isEqualTo(new Frame(FrameType.READ.number(), new byte[] {100, 0, 0, 0}));
    launcher.send(FrameType.DATA, new byte[101]);
    assertThatThrownBy(() -> session.read(100))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageEndingWith("a frame DATA of 101 bytes, where 100 are the most");
    assertThatThrownBy(() -> session.read(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void seesThatALauncherHasEndedWithoutAskingIt() throws IOException {
    Session session = open();
    assertThat(session.isGone()).isFalse();
    session.print("still there");
    session.flush();
    assertThat(session.isGone()).isFalse();
    launcher.close();
    assertThat(session.isGone()).isTrue();
  }

  @Test
  void aLauncherThatBecomesTheCommandHasCarriedItsPlanOut() throws Exception {
    Plan becoming =
        Plan.builder()
            .add(new IdentityStep.FindProgram(List.of("/bin/sh")), "a test")
            .add(new IdentityStep.Execute(List.of("sh"), List.of(), 0), "a test")
            .last()
            .build();
    Session session = open();
    Thread executing =
        Thread.ofPlatform()
            .start(() -> {
              try {
                assertThat(launcher.receive()).isEqualTo(frame(becoming));
                launcher.close();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(session.runLast(becoming).succeeded()).isTrue();
    assertThat(session.ended()).isTrue();
    executing.join();
  }

  @Test
  void readsRequestThatComesInPieces() throws IOException, InterruptedException {
    byte[] payload = FakeLauncher.request("belljar", List.of("run"), List.of());
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              try {
                launcher.send(FakeLauncher.little(8).putInt(1).putInt(payload.length).array());
                for (byte b : payload) {
                  launcher.send(new byte[] {b});
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    Session session = Session.open(pair.planner(), new Buffers(), true);
    sender.join();
    assertThat(session.request().program()).isEqualTo("belljar");
  }

  @Test
  void readsRequestLargerThanTheBuffer() throws IOException, InterruptedException {
    String large = "x".repeat(3 << 20);
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              try {
                launcher.sendRequest(large);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    Session session = Session.open(pair.planner(), new Buffers(), true);
    sender.join();
    assertThat(session.request().arguments()).containsExactly(large);
  }

  @Test
  void sendsTextAndExitCodeInOneWrite() throws IOException {
    Session session = open();
    session.print("out ü\n");
    session.printError("err\n");
    session.exit(3);
    assertThat(launcher.readOnce()).isEqualTo((12 + 7) + (12 + 4) + 12);
  }

  @Test
  void sendsTextToItsDescriptorInOrder() throws IOException {
    Session session = open();
    session.print("out ü\n");
    session.printError("err\n");
    session.exit(3);
    session.close();
    assertThat(launcher.receiveAll())
        .containsExactly(Frame.print(1, "out ü\n"), Frame.print(2, "err\n"), Frame.exit(3));
  }

  @Test
  void sendsLongTextInSeveralFrames() throws IOException, InterruptedException {
    Session session = open();
    String text = "0123456789".repeat(30_000);
    Thread printer =
        Thread.ofPlatform()
            .start(() -> {
              session.print(text);
              session.exit(0);
              session.close();
            });
    StringBuilder received = new StringBuilder();
    for (Frame frame : launcher.receiveAll()) {
      if (frame.type() == FrameType.PRINT.number()) {
        byte[] payload = frame.payload().toArray();
        assertThat(payload.length).isLessThanOrEqualTo(4 + (16 << 10));
        received.append(new String(payload, 4, payload.length - 4, UTF_8));
      }
    }
    printer.join();
    assertThat(received).hasToString(text);
  }

  @Test
  void flushSendsTextBeforeTheAnswer() throws IOException {
    Session session = open();
    session.printError("working\n");
    session.flush();
    assertThat(launcher.receive()).isEqualTo(Frame.print(2, "working\n"));
  }

  @Test
  void sendsSealAndPlanInOneWrite() throws IOException {
    Session session = open();
    launcher.sendOutcome(-1, 0, 0, "");
    session.run(SEALED);
    assertThat(launcher.readOnce()).isEqualTo(8 + 8 + 4 + PlanEncoder.encode(SEALED).length);
  }

  @Test
  void sealsOnceBeforeTheFirstSealedPlan() throws IOException {
    Session session = open();
    for (Plan plan : List.of(PLAN, SEALED, SEALED)) {
      launcher.sendOutcome(-1, 0, 0, "");
      session.run(plan);
    }
    launcher.sendOutcome(-1, 0, 0, "");
    session.runLast(LAST);
    assertThat(launcher.receiveAll())
        .containsExactly(
            frame(PLAN), new Frame(18, new byte[0]), frame(SEALED), frame(SEALED), frame(LAST));
  }

  @Test
  void sealsAtOnceWhereThatIsAskedForAndNotOnceMore() throws IOException {
    Session session = open();
    session.seal();
    assertThat(launcher.readOnce()).isEqualTo(8);
    session.seal();
    launcher.sendOutcome(-1, 0, 0, "");
    session.run(SEALED);
    assertThat(launcher.readOnce()).isEqualTo(8 + 4 + PlanEncoder.encode(SEALED).length);
  }

  @Test
  void givesTheOutcomeOfAPlan() throws IOException {
    Session session = open();
    launcher.sendOutcome(1, 2, 39, "why");
    assertThat(session.run(PLAN)).isEqualTo(new Outcome(1, 2, 39, "why".getBytes(UTF_8)));
  }

  @Test
  void hangsUpAfterSuccessfulLastPlan() throws IOException {
    Session session = open();
    launcher.sendOutcome(-1, 0, 0, "");
    assertThat(session.runLast(LAST).succeeded()).isTrue();
    assertThat(launcher.receiveAll()).hasSize(2);
    assertThatThrownBy(() -> session.exit(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the launcher has been told its end already");
  }

  @Test
  void staysAfterFailedLastPlanToTellWhy() throws IOException {
    Session session = open();
    launcher.sendOutcome(0, 0, 13, "");
    assertThat(session.runLast(LAST).succeeded()).isFalse();
    session.printError("no\n");
    session.exit(1);
    session.close();
    assertThat(launcher.receiveAll())
        .containsExactly(
            new Frame(18, new byte[0]), frame(LAST), Frame.print(2, "no\n"), Frame.exit(1));
  }

  @Test
  void keepsTheConnectionOfALibraryAfterTheLastPlan() throws IOException {
    launcher.sendRequest();
    Session session = Session.open(pair.planner(), new Buffers(), false);
    launcher.sendOutcome(-1, 0, 0, "");
    session.runLast(LAST);
    assertThat(pair.planner().isOpen()).isTrue();
    session.close();
    assertThat(launcher.receiveAll()).hasSize(2);
  }

  @Test
  void rejectsLastPlanInTheWrongPlace() throws IOException {
    Session session = open();
    assertThatThrownBy(() -> session.run(LAST)).hasMessage("a last plan is for runLast");
    assertThatThrownBy(() -> session.runLast(PLAN))
        .hasMessage("a plan that is not a last one is for run");
  }

  @Test
  void rejectsImpossibleExitCode() throws IOException {
    Session session = open();
    assertThatThrownBy(() -> session.exit(256)).hasMessage("exit code 256 is not 0 to 255");
  }

  @Test
  void tellsTheSenderOfGarbage() throws IOException {
    launcher.send("GET / HTTP/1.1\r\n".getBytes(UTF_8));
    String message =
        "the planner could not read the launcher's message: a frame of type 542393671 instead of"
            + " REQUEST";
    assertThatThrownBy(() -> Session.open(pair.planner(), new Buffers(), true))
        .isInstanceOf(MalformedMessage.class)
        .hasMessage(message);
    assertThat(launcher.receive()).isEqualTo(Frame.print(2, "belljar: " + message + "\n"));
    assertThat(launcher.receive()).isEqualTo(Frame.exit(1));
  }

  @Test
  void rejectsRequestOfMoreThanEightMebibytes() throws IOException {
    launcher.send(FakeLauncher.little(8).putInt(1).putInt(Request.MOST_BYTES + 1).array());
    assertThatThrownBy(() -> Session.open(pair.planner(), new Buffers(), true))
        .hasMessageEndingWith("a frame REQUEST of 8388609 bytes, where 8388608 are the most");
  }

  @Test
  void rejectsNegativeLength() throws IOException {
    launcher.send(FakeLauncher.little(8).putInt(1).putInt(-1).array());
    assertThatThrownBy(() -> Session.open(pair.planner(), new Buffers(), true))
        .hasMessageEndingWith("a frame REQUEST of 4294967295 bytes, where 8388608 are the most");
  }

  @Test
  void rejectsBytesAfterTheRequest() throws IOException {
    byte[] request = FakeLauncher.request("belljar", List.of(), List.of());
    launcher.send(
        FakeLauncher.little(8 + request.length + 3)
            .putInt(1)
            .putInt(request.length)
            .put(request)
            .array());
    assertThatThrownBy(() -> Session.open(pair.planner(), new Buffers(), true))
        .hasMessageEndingWith("3 bytes after the frame REQUEST");
  }

  @Test
  void rejectsOutcomeOfUnknownStep() throws IOException {
    Session session = open();
    launcher.sendOutcome(2, 0, 1, "");
    assertThatThrownBy(() -> session.run(PLAN))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageEndingWith("the outcome of step 2 of a plan of 2");
  }

  @Test
  void rejectsOutcomeThatIsTooShort() throws IOException {
    Session session = open();
    launcher.send(FrameType.OUTCOME, new byte[11]);
    assertThatThrownBy(() -> session.run(PLAN))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageEndingWith("an outcome of 11 bytes");
  }

  @Test
  void noticesLauncherThatDiesBeforeItsRequest() throws IOException {
    launcher.close();
    assertGone(LauncherGone.Phase.REQUEST, () -> Session.open(pair.planner(), new Buffers(), true));
  }

  @Test
  void noticesLauncherThatDiesWithinItsRequest() throws IOException {
    launcher.send(FakeLauncher.little(8).putInt(1).putInt(100).array()).close();
    assertGone(LauncherGone.Phase.REQUEST, () -> Session.open(pair.planner(), new Buffers(), true));
  }

  @Test
  void noticesLauncherThatDiesBeforeThePlan() throws IOException {
    Session session = open();
    launcher.close();
    assertGone(LauncherGone.Phase.ANSWER, () -> session.run(PLAN));
  }

  @Test
  void noticesLauncherThatDiesWithThePlan() throws IOException, InterruptedException {
    Session session = open();
    Thread death =
        Thread.ofPlatform()
            .start(() -> {
              try {
                launcher.receive();
                launcher.close();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertGone(LauncherGone.Phase.PLAN, () -> session.run(PLAN));
    death.join();
  }

  @Test
  void noticesLauncherThatDiesWithinTheOutcome() throws IOException {
    Session session = open();
    launcher.send(FakeLauncher.little(8).putInt(2).putInt(12).array());
    Thread.ofPlatform()
        .start(() -> {
          try {
            launcher.receive();
            launcher.close();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertGone(LauncherGone.Phase.PLAN, () -> session.run(PLAN));
  }

  @Test
  void noticesLauncherThatDiesBeforeItsExitCode() throws IOException {
    Session session = open();
    launcher.close();
    session.print("nobody reads this");
    assertGone(LauncherGone.Phase.ANSWER, () -> session.exit(0));
  }

  @Test
  void closingEndsWhatIsUnderWay() throws IOException {
    Session session = open();
    Thread.ofPlatform()
        .start(() -> {
          try {
            launcher.receive();
            session.close();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertGone(LauncherGone.Phase.PLAN, () -> session.run(PLAN));
  }

  private static void assertGone(LauncherGone.Phase phase, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            LauncherGone.class, gone -> assertThat(gone.phase()).isEqualTo(phase))
        .hasMessageStartingWith("the launcher ended while the planner ");
  }
}
