package io.belljar.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {
  @TempDir private Path directory;

  private ServerSocketChannel listen(String name) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(directory.resolve(name)));
    return channel;
  }

  @Test
  void removesSocketsThatNobodyAnswersAndNothingElse() throws IOException {
    listen("planner-1.sock").close();
    listen("planner-2.sock.77").close();
    listen("other.sock").close();
    Files.writeString(directory.resolve("planner-3.sock"), "a file");
    try (ServerSocketChannel _ = listen("planner-4.sock")) {
      new RuntimeDirectory(directory).removeStaleSockets();
      assertThat(directory.resolve("planner-4.sock")).exists();
    }
    assertThat(directory.resolve("planner-1.sock")).doesNotExist();
    assertThat(directory.resolve("planner-2.sock.77")).doesNotExist();
    assertThat(directory.resolve("other.sock")).exists();
    assertThat(directory.resolve("planner-3.sock")).hasContent("a file");
  }

  @Test
  void beginsALargeLogAnewForAllWhoWriteIt() throws IOException {
    Path log = directory.resolve("planner.log");
    try (var writer =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write("x".repeat(1 << 20).getBytes(UTF_8));
      new RuntimeDirectory(directory).boundLog();
      assertThat(log).hasSize(1 << 20);
      writer.write('y');
      new RuntimeDirectory(directory).boundLog();
      writer.write('z');
    }
    assertThat(log).hasContent("z");
    assertThat(directory.resolve("planner.log.1")).hasSize((1 << 20) + 1);
  }
}
