package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.WireText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestDecoderTest {
  private static final int HEAD = 64;
  private static final byte[] REQUEST =
      FakeLauncher.request("belljar", List.of("run", ""), List.of("A=1", "B", "A=2"));

  private static Introduction decode(byte[] payload) {
    return RequestDecoder.decode(ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static byte[] with(int number, int value) {
    byte[] changed = REQUEST.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * number, value);
    return changed;
  }

  private static void assertRefused(byte[] payload, String message) {
    assertThatThrownBy(() -> decode(payload))
        .isInstanceOf(MalformedMessage.class)
        .hasMessage("the planner could not read the launcher's message: " + message);
  }

  @Test
  void readsEveryPart() {
    assertThat(decode(REQUEST).request())
        .isEqualTo(
            new Request(
                "belljar",
                List.of("run", ""),
                Environment.of(List.of("A=1", "B", "A=2")),
                "/tmp",
                (int) ProcessHandle.current().pid(),
                1000,
                100,
                0022,
                new Terminals(true, false, true, 24, 80)));
  }

  @Test
  void readsTheProofAndTheWorld() {
    ByteBuffer payload = ByteBuffer.wrap(REQUEST.clone()).order(ByteOrder.LITTLE_ENDIAN);
    payload.putLong(40, 3).putLong(48, -4).putLong(56, 5);
    Introduction said = RequestDecoder.decode(payload);
    assertThat(said.proof()).isEqualTo(new LauncherProof(3, -4));
    assertThat(said.world()).isEqualTo(5);
  }

  @Test
  void readsRequestWithoutArgumentsAndEnvironment() {
    Request request = decode(FakeLauncher.request("library", List.of(), List.of())).request();
    assertThat(request.arguments()).isEmpty();
    assertThat(request.environment()).isEqualTo(Environment.EMPTY);
  }

  @Test
  void readsUserIdsAsUnsigned() {
    assertThat(decode(with(2, -2)).request().uid()).isEqualTo(4294967294L);
  }

  @Test
  void keepsBytesThatAreNotUtf8() {
    byte[] payload = REQUEST.clone();
    // The first byte of "run", after the head, "belljar" and "/tmp".
    payload[HEAD + 8 + 5] = (byte) 0xFF;
    assertThat(WireText.encode(decode(payload).request().arguments().getFirst()))
        .containsExactly(0xFF, 'u', 'n');
  }

  @Test
  void acceptsWorkingDirectoryThatIsGone() {
    byte[] payload = new byte[REQUEST.length - 4];
    System.arraycopy(REQUEST, 0, payload, 0, HEAD + 8);
    System.arraycopy(REQUEST, HEAD + 12, payload, HEAD + 8, payload.length - HEAD - 8);
    assertThat(decode(payload).request().workingDirectory()).isEmpty();
  }

  @Test
  void rejectsRelativeWorkingDirectory() {
    byte[] payload = REQUEST.clone();
    payload[HEAD + 8] = 'x';
    assertRefused(payload, "the working directory \"xtmp\" is not absolute");
  }

  @Test
  void rejectsOtherVersion() {
    assertRefused(
        with(0, 1),
        "it speaks version 1 of the protocol, this planner version 2: they are not of the same"
            + " installation");
  }

  @Test
  void rejectsNumbersOutOfTheirRange() {
    assertRefused(with(1, -1), "pid 4294967295 is more than 2147483647");
    assertRefused(with(4, 01000), "umask 512 is more than 511");
    assertRefused(with(5, 8), "terminals 8 is more than 7");
    assertRefused(with(6, 65536), "rows 65536 is more than 65535");
    assertRefused(with(7, 65536), "columns 65536 is more than 65535");
  }

  @Test
  void rejectsCountsLargerThanTheRequest() {
    assertRefused(
        with(8, -1), "count of arguments 4294967295 is more than " + (REQUEST.length - 32));
    assertRefused(
        with(9, 0x7FFFFFFF),
        "count of environment 2147483647 is more than " + (REQUEST.length - 36));
  }

  @Test
  void rejectsMoreOrFewerStringsThanCounted() {
    assertRefused(with(9, 2), "2 environment entries are announced, and 3 follow");
    assertRefused(with(8, 3), "3 environment entries are announced, and 2 follow");
    assertRefused(with(8, 9), "the request ends within its argument");
  }

  @Test
  void rejectsMissingNulAtTheEnd() {
    assertRefused(
        Arrays.copyOf(REQUEST, REQUEST.length - 1),
        "3 environment entries are announced, and 2 and a part of one follow");
  }

  @Test
  void rejectsEveryTruncation() {
    for (int length = 0; length < REQUEST.length; length++) {
      byte[] part = Arrays.copyOf(REQUEST, length);
      assertThatThrownBy(() -> decode(part)).isInstanceOf(MalformedMessage.class);
    }
    assertRefused(new byte[63], "a request of 63 bytes, but its head alone has 64");
  }

  @Test
  void garbageIsReadOrRefusedAndNothingElse() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = REQUEST.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(decode(payload).request().arguments().size()).isLessThan(REQUEST.length);
      } catch (MalformedMessage e) {
        assertThat(e).hasMessageStartingWith("the planner could not read the launcher's message: ");
      }
    }
  }
}
