package io.belljar.runtime.rootfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfReaderTest {
  @TempDir Path directory;

  @Test
  void readsWhatTheLoaderWants() throws IOException {
    ElfFile elf =
        read(
            ElfFixture.elf()
                .interpreter("/lib64/ld.so")
                .needs("libone.so", "libtwo.so")
                .soname("me.so")
                .rpath("/a")
                .runpath("$ORIGIN/b")
                .bytes());
    assertThat(elf.interpreter()).contains("/lib64/ld.so");
    assertThat(elf.needed()).containsExactly("libone.so", "libtwo.so");
    assertThat(elf.soname()).contains("me.so");
    assertThat(elf.rpath()).contains("/a");
    assertThat(elf.runpath()).contains("$ORIGIN/b");
    assertThat(elf.multiarch()).isEqualTo("x86_64-linux-gnu");
  }

  @Test
  void readsBothClassesAndByteOrders() throws IOException {
    ElfFile narrow = read(ElfFixture.elf().narrow().interpreter("/lib/ld.so").needs("a").bytes());
    ElfFile big = read(ElfFixture.elf().bigEndian().interpreter("/lib/ld.so").needs("a").bytes());
    assertThat(narrow.wide()).isFalse();
    assertThat(narrow.needed()).containsExactly("a");
    assertThat(narrow.multiarch()).isEqualTo("i386-linux-gnu");
    assertThat(big.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(big.needed()).containsExactly("a");
    assertThat(narrow.loadsWith(big)).isFalse();
  }

  @Test
  void saysThatSomethingElseIsNotElf() throws IOException {
    assertThat(ElfReader.read(write("#!/bin/sh\n".getBytes(UTF_8)))).isEmpty();
    assertThat(ElfReader.read(write(new byte[0]))).isEmpty();
  }

  @Test
  void refusesHeadersThatLieOutsideTheFile() {
    refuses(file -> file.putLong(32, Long.MAX_VALUE), "its ELF program header table lies outside");
    refuses(file -> file.putLong(32, -64), "its ELF program header table lies outside the file");
    refuses(file -> file.putShort(56, (short) -1), "it has 65535 ELF program headers");
    refuses(file -> file.putShort(54, (short) 1), "its ELF program headers have a size of 1 bytes");
    refuses(file -> file.put(4, (byte) 9), "its ELF class is unknown (9)");
    refuses(file -> file.put(5, (byte) 0), "its ELF byte order is unknown (0)");
    refuses(file -> file.putShort(16, (short) 1), "neither a program nor a shared library");
  }

  @Test
  void refusesSegmentsThatOverflow() {
    int load = 64;
    int dynamic = 64 + 56;
    int interpreter = 64 + 2 * 56;
    refuses(file -> file.putLong(dynamic + 8, Long.MAX_VALUE), "dynamic section lies outside");
    refuses(file -> file.putLong(dynamic + 32, 1L << 40), "dynamic section is larger than 1048576");
    refuses(file -> file.putLong(dynamic + 32, -1), "dynamic section lies outside the file");
    refuses(file -> file.putLong(interpreter + 8, Long.MIN_VALUE), "interpreter lies outside");
    refuses(file -> file.putLong(load + 8, Long.MAX_VALUE), "string table lies outside the file");
    refuses(file -> file.putLong(load + 16, 1L << 50), "string table lies outside the file");
  }

  @Test
  void survivesEveryDamageWithAnAnswerOrOneLine() throws IOException {
    byte[] good = ElfFixture.elf().interpreter("/lib64/ld.so").needs("a", "b").rpath("/x").bytes();
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int j = 0; j < 3; j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      int length = i % 3 == 0 ? random.nextInt(bad.length) : bad.length;
      Path file = write(Arrays.copyOf(bad, length));
      try {
        ElfReader.read(file);
      } catch (FileSystemException e) {
        assertThat(e.getReason()).isNotEmpty().doesNotContain("\n");
      }
    }
  }

  private void refuses(Consumer<ByteBuffer> damage, String reason) {
    byte[] file = ElfFixture.elf().interpreter("/lib64/ld.so").needs("a").bytes();
    damage.accept(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(reason);
  }

  private ElfFile read(byte[] content) throws IOException {
    return ElfReader.read(write(content)).orElseThrow();
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("file"), content);
  }
}
