package io.belljar.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.linux.Errno;
import io.belljar.linux.call.Libc;
import io.belljar.linux.call.NativeCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildTest {
  private static Child shell(String line) {
    Program script = Program.of("script", ("#!/bin/sh\n" + line + "\n").getBytes(UTF_8));
    return Child.start(script, List.of("script"), Child.Streams.PIPES);
  }

  /** One of the machine's programs. */
  private static Child program(String... words) throws IOException {
    byte[] content = Files.readAllBytes(Path.of("/bin", words[0]));
    return Child.start(Program.of(words[0], content), List.of(words), Child.Streams.PIPES);
  }

  private static String said(Child child) throws Exception {
    String said = new String(child.output().readAllBytes(), UTF_8);
    assertEquals("", new String(child.error().readAllBytes(), UTF_8));
    assertEquals(0, child.waitFor());
    return said;
  }

  private static Set<String> descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(path -> path.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void seesItsStreamsItsConnectionAndItselfAlone() throws Exception {
    MethodHandle dup = Libc.bind("dup", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    int leaked;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      leaked = NativeCall.call(() -> (int) dup.invokeExact(state, 2));
    }
    try {
      assertTrue(leaked > 5, "not close-on-exec");
      // The last is the directory that it lists.
      assertEquals("0\n1\n2\n3\n4\n5\n", said(program("ls", "/proc/self/fd")));
    } finally {
      ProcessCalls.close(leaked);
    }
  }

  @Test
  void hasAnEmptyEnvironment() throws Exception {
    assertEquals("", said(program("cat", "/proc/self/environ")));
  }

  @Test
  void isWhereThisProgramIs() throws Exception {
    assertEquals(Path.of("").toRealPath() + "\n", said(program("readlink", "/proc/self/cwd")));
  }

  @Test
  void hasNoSignalBlockedAndIgnoresWhatThisProgramIgnores() throws Exception {
    String own = Files.readString(Path.of("/proc/self/status"));
    String its = said(program("cat", "/proc/self/status"));
    assertEquals(0, signals(its, "SigBlk"));
    assertEquals(signals(own, "SigIgn"), signals(its, "SigIgn"));
  }

  /** But for 32 and 33, which are the C library's own. */
  private static long signals(String status, String name) {
    String found =
        status.lines().filter(line -> line.startsWith(name + ":\t")).findFirst().orElseThrow();
    return Long.parseUnsignedLong(found.substring(name.length() + 2), 16) & ~(3L << 31);
  }

  @Test
  void endsWithItsCodeOrTheSignalThatEndedIt() throws Exception {
    assertEquals(7, shell("exit 7").waitFor());
    assertEquals(128 + 15, shell("kill -TERM $$").waitFor());
  }

  @Test
  void isReapedWhenNobodyWaitsForIt() throws Exception {
    Path process = Path.of("/proc/" + shell("exit 0").pid());
    while (Files.exists(process)) {
      Thread.sleep(5);
    }
    assertFalse(Files.exists(process));
  }

  @Test
  void tellsWhetherItHasEndedByThen() throws Exception {
    Child child = shell("read line; exit 3");
    assertTrue(child.isAlive());
    assertFalse(child.waitFor(Duration.ofMillis(20)));
    assertThrows(IllegalStateException.class, child::exitCode);
    child.input().close();
    assertTrue(child.waitFor(Duration.ofSeconds(30)));
    assertFalse(child.isAlive());
    assertEquals(3, child.exitCode());
  }

  @Test
  void isKilledOnceAndNobodyElseAfterwards() throws Exception {
    Child child = shell("exec sleep 1000");
    child.kill();
    assertEquals(128 + 9, child.waitFor());
    child.kill();
  }

  @Test
  void readsWhatIsWrittenToItAndSaysWhatIsReadAfterItsEnd() throws Exception {
    Child child = shell("cat; echo oh >&2");
    child.input().write("hello".getBytes(UTF_8));
    child.input().close();
    assertEquals(0, child.waitFor());
    assertEquals("hello", new String(child.output().readAllBytes(), UTF_8));
    assertEquals("oh\n", new String(child.error().readAllBytes(), UTF_8));
  }

  @Test
  void cannotBeWrittenToWhenItHasEnded() throws Exception {
    Child child = shell("exit 0");
    child.waitFor();
    IOException refused =
        assertThrows(
            IOException.class,
            () -> {
              for (int i = 0; i < 1000; i++) { // its pipe is let go of by another thread
                child.input().write('x');
                child.input().flush();
                Thread.sleep(5);
              }
            });
    assertTrue(
        Set.of("Stream closed", "Stream Closed", "Broken pipe").contains(refused.getMessage()));
  }

  @Test
  void leavesNoDescriptorOfStreamsThatNobodyReads() throws Exception {
    shell("exit 0").waitFor(); // the first takes some of its own
    Program program = Program.of("script", "#!/bin/sh\necho out; echo err >&2\n".getBytes(UTF_8));
    Set<String> before = descriptors();
    for (int i = 0; i < 10; i++) {
      Child child = Child.start(program, List.of("script"), Child.Streams.PIPES);
      child.waitFor();
      child.connection().close();
    }
    while (descriptors().size() > before.size()) {
      Thread.sleep(5);
    }
    assertEquals(before.size(), descriptors().size());
  }

  @Test
  void leavesNothingWhenItCannotBeExecuted() throws Exception {
    shell("exit 0").waitFor();
    Program nonsense = Program.of("nonsense", "nonsense".getBytes(UTF_8));
    Set<String> before = descriptors();
    long children = ProcessHandle.current().children().count();
    ProcessException refused =
        assertThrows(
            ProcessException.class,
            () -> Child.start(nonsense, List.of("nonsense"), Child.Streams.PIPES));
    assertTrue(refused.is(Errno.ENOEXEC));
    assertEquals("posix_spawn: ENOEXEC (Exec format error)", refused.getMessage());
    assertTrue(before.containsAll(descriptors()));
    assertEquals(children, ProcessHandle.current().children().count());
  }

  @Test
  void speaksThroughItsConnection() throws Exception {
    Child child = shell("exec cat <&3 >&3");
    LocalSocket socket = child.connection();
    assertFalse(socket.isEnded());
    ByteBuffer buffer = ByteBuffer.allocateDirect(16);
    assertEquals(5, socket.write(buffer.put("hello".getBytes(UTF_8)).flip()));
    buffer.clear();
    while (buffer.position() < 5) {
      assertTrue(socket.read(buffer) > 0);
    }
    assertEquals("hello", UTF_8.decode(buffer.flip()).toString());
    child.kill();
    child.waitFor();
    assertTrue(socket.isEnded());
    assertEquals(-1, socket.read(buffer.clear()));
    IOException refused = assertThrows(IOException.class, () -> socket.write(buffer.clear()));
    assertEquals("send: EPIPE (Broken pipe)", refused.getMessage());
    socket.close();
  }

  @Test
  void noticesThatItsConnectionIsClosedWhileAnotherThreadReadsOfIt() throws Exception {
    Child child = shell("exec cat <&3");
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                int _ = child.connection().read(ByteBuffer.allocateDirect(1));
              } catch (IOException _) {
                // Closed before it had begun.
              }
            });
    Thread.sleep(20);
    child.connection().close();
    reader.join();
    assertEquals(0, child.waitFor());
  }

  @Test
  void cannotBeChangedThroughProc() throws Exception {
    Child child = program("sleep", "1000");
    Path image = Path.of("/proc/" + child.pid() + "/exe");
    assertThrows(
        IOException.class, () -> Files.write(image, new byte[] {1}, StandardOpenOption.WRITE));
    child.kill();
    child.waitFor();
  }

  @Test
  void leavesTheJdksChildrenAlone() throws Exception {
    Process other = new ProcessBuilder("sh", "-c", "read line; exit 5").start();
    assertEquals(0, shell("exit 0").waitFor());
    other.getOutputStream().close();
    assertEquals(5, other.waitFor());
  }
}
