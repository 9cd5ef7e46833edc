package io.belljar.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowLogTest {
  private static final String TIME = "2026-11-23T04:05:0%d.123456789Z";
  private static final ShowLog.Options ALL =
      new ShowLog.Options(Optional.empty(), Optional.empty(), OptionalLong.empty(), false, false);

  @TempDir Path state;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  private static String record(int second, String rest) {
    return TIME.formatted(second) + " " + rest + "\n";
  }

  private void log(String... records) {
    append("log", records);
  }

  private void append(String name, String... records) {
    try {
      Files.writeString(
          state.resolve(name),
          String.join("", records),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rotate() {
    try {
      Files.move(state.resolve("log"), state.resolve("log.1"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String show(ShowLog.Options options) {
    assertTrue(ShowLog.run(state, options, out, error, Optional.empty()));
    return out.toString(UTF_8);
  }

  private static ShowLog.Options tail(long lines) {
    return new ShowLog.Options(
        Optional.empty(), Optional.empty(), OptionalLong.of(lines), false, false);
  }

  @Test
  void printsEachStreamToItsOwn() {
    log(record(1, "stdout F one"), record(2, "stderr F bad"), record(3, "stdout F "));
    assertEquals("one\n\n", show(ALL));
    assertEquals("bad\n", error.toString(UTF_8));
  }

  @Test
  void joinsThePiecesOfALine() {
    log(
        record(1, "stdout P begin-"),
        record(2, "stderr F between"),
        record(3, "stdout P middle-"),
        record(4, "stdout F end"),
        record(5, "stdout P no newline"));
    assertEquals("begin-middle-end\nno newline", show(ALL));
  }

  @Test
  void writesTheTimeOncePerLine() {
    log(record(1, "stdout P a"), record(2, "stdout F b"), record(3, "stdout F c d "));
    var options =
        new ShowLog.Options(Optional.empty(), Optional.empty(), OptionalLong.empty(), true, false);
    assertEquals(TIME.formatted(1) + " ab\n" + TIME.formatted(3) + " c d \n", show(options));
  }

  @Test
  void writesASpaceForTheAttributesThatThereAreNot() {
    log(record(1, "stdout P a"), record(2, "stdout F b"), record(3, "stdout F c"));
    var options =
        new ShowLog.Options(Optional.empty(), Optional.empty(), OptionalLong.empty(), true, true);
    assertEquals(TIME.formatted(1) + "  ab\n" + TIME.formatted(3) + "  c\n", show(options));
  }

  @Test
  void leavesOutWhatIsNoRecord() {
    log(
        "\n",
        "garbage\n",
        "2026-11-23T04:05:06Z\n",
        "2026-11-23T04:05:06Z stdout\n",
        "2026-11-23T04:05:06Z stdout F\n",
        "2026-13-23T04:05:06Z stdout F month\n",
        record(1, "stdwhat F x"),
        record(1, "stdout X x"),
        "\0\0\0\0\0\n",
        "x".repeat(3 << 20) + "\n",
        record(1, "stdout F good"),
        TIME.formatted(2) + " stdout F not whole");
    assertEquals("good\n", show(ALL));
  }

  @Test
  void keepsBytesAsTheyAre() throws IOException {
    byte[] head = (TIME.formatted(1) + " stdout F ").getBytes(UTF_8);
    byte[] odd = {(byte) 0xff, 0, 27, '[', 'm', (byte) 0xc3, '\r', '\n'};
    Files.write(state.resolve("log"), head);
    Files.write(state.resolve("log"), odd, StandardOpenOption.APPEND);
    show(ALL);
    assertArrayEquals(odd, out.toByteArray());
  }

  @Test
  void printsTheLastLinesAcrossARotation() {
    append("log.1", record(1, "stdout F 1"), record(2, "stdout P 2"), record(3, "stdout F -2"));
    log(record(4, "stderr F 3"), record(5, "stdout F 4"));
    assertEquals("2-2\n4\n", show(tail(3)));
    out.reset();
    assertEquals("4\n", show(tail(1)));
    out.reset();
    assertEquals("", show(tail(0)));
    assertEquals("1\n2-2\n4\n", show(tail(100)));
  }

  @Test
  void printsNothingOfTheLastNoLines() {
    log(record(1, "stdout F one"), record(2, "stdout P two"));
    assertEquals("", show(tail(0)));
  }

  @Test
  void printsAllWhenThereAreFewerLines() {
    log(record(1, "stdout P o"), record(2, "stdout F ne"));
    assertEquals("one\n", show(tail(Long.MAX_VALUE)));
  }

  @Test
  void countsALineThatHasNotEndedAsTheLast() {
    log(record(1, "stdout F 1"), record(2, "stdout F 2"), record(3, "stdout P $ "));
    assertEquals("$ ", show(tail(1)));
  }

  @Test
  void printsWhatLiesBetweenTwoTimes() {
    log(
        record(1, "stdout F 1"),
        record(2, "stdout F 2"),
        record(3, "stdout F 3"),
        record(4, "stdout F 4"));
    Instant since = Instant.parse(TIME.formatted(2));
    Instant until = Instant.parse(TIME.formatted(3));
    assertEquals(
        "2\n3\n",
        show(
            new ShowLog.Options(
                Optional.of(since), Optional.of(until), OptionalLong.empty(), false, false)));
  }

  @Test
  void hasNothingToPrintWithoutALog() {
    assertFalse(ShowLog.run(state, ALL, out, error, Optional.empty()));
  }

  /** Does one thing after the other, then has ended. */
  private static final class Script implements ShowLog.Following {
    private final List<Runnable> acts;
    private int next;

    Script(Runnable... acts) {
      this.acts = new ArrayList<>(List.of(acts));
    }

    @Override
    public boolean hasEnded() {
      return next == acts.size();
    }

    @Override
    public void pause() {
      acts.get(next++).run();
    }
  }

  private String follow(ShowLog.Options options, Runnable... acts) {
    assertTrue(ShowLog.run(state, options, out, error, Optional.of(new Script(acts))));
    return out.toString(UTF_8);
  }

  @Test
  void followsAcrossRotationsAndLosesNothing() {
    log(record(1, "stdout F 1"));
    String text =
        follow(
            ALL,
            () -> log(record(2, "stdout F 2")),
            () -> {
              log(record(2, "stdout F 3"));
              rotate();
              log(record(3, "stdout F 4"));
            },
            () -> log(record(3, "stdout F 5"), TIME.formatted(3) + " stdo"),
            () -> log("ut F 6\n"),
            () -> {
              log(record(4, "stdout F 7"));
              rotate();
            },
            () -> log(record(5, "stdout F 8")),
            () -> {
              // Twice between two looks: what is between them is in log.1 by now.
              log(record(5, "stdout F 9"));
              rotate();
              log(record(6, "stdout F 10"));
              rotate();
              log(record(7, "stdout F 11"));
            });
    assertEquals("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", text);
  }

  @Test
  void printsTheRestWhenTheContainerIsRemovedMeanwhile() {
    log(record(1, "stdout F 1"));
    String text =
        follow(
            tail(0),
            () -> {
              log(record(2, "stdout F last"));
              delete(state.resolve("log"));
            });
    assertEquals("last\n", text);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void leavesNoDescriptorOpen() throws IOException {
    append("log.1", record(1, "stdout F 1"));
    log(record(2, "stdout F 2"));
    long before = descriptors();
    for (int i = 0; i < 200; i++) {
      follow(
          ALL,
          () -> {
            rotate();
            log(record(3, "stdout F 3"));
          });
    }
    assertEquals(before, descriptors());
  }

  private static long descriptors() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }
}
