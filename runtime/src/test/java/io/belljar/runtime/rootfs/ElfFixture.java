package io.belljar.runtime.rootfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Small ELF files with just what a dynamic loader looks at. They cannot run. */
final class ElfFixture {
  private static final int BASE = 0x10000;

  private boolean wide = true;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int machine = 62;
  private String interpreter = "";
  private final List<Object[]> names = new ArrayList<>();

  static ElfFixture elf() {
    return new ElfFixture();
  }

  ElfFixture narrow() {
    wide = false;
    machine = 3;
    return this;
  }

  ElfFixture bigEndian() {
    order = ByteOrder.BIG_ENDIAN;
    machine = 22;
    return this;
  }

  ElfFixture interpreter(String path) {
    interpreter = path;
    return this;
  }

  ElfFixture needs(String... libraries) {
    for (String library : libraries) {
      names.add(new Object[] {1L, library});
    }
    return this;
  }

  ElfFixture soname(String name) {
    names.add(new Object[] {14L, name});
    return this;
  }

  ElfFixture rpath(String path) {
    names.add(new Object[] {15L, path});
    return this;
  }

  ElfFixture runpath(String path) {
    names.add(new Object[] {29L, path});
    return this;
  }

  byte[] bytes() {
    int width = wide ? 8 : 4;
    int header = wide ? 64 : 52;
    int entry = wide ? 56 : 32;
    int segments = interpreter.isEmpty() ? 2 : 3;
    int dynamicAt = header + segments * entry;
    int dynamicSize = (names.size() + 2) * 2 * width;
    int stringsAt = dynamicAt + dynamicSize;
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    strings.write(0);
    ByteBuffer dynamic = ByteBuffer.allocate(dynamicSize).order(order);
    for (Object[] name : names) {
      word(dynamic, (Long) name[0]);
      word(dynamic, strings.size());
      strings.writeBytes(((String) name[1] + "\0").getBytes(StandardCharsets.UTF_8));
    }
    word(dynamic, 5);
    word(dynamic, BASE + stringsAt);
    int interpreterAt = stringsAt + strings.size();
    byte[] path = (interpreter + "\0").getBytes(StandardCharsets.UTF_8);
    int size = interpreterAt + path.length;
    ByteBuffer file = ByteBuffer.allocate(size).order(order);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    file.put((byte) (order.equals(ByteOrder.LITTLE_ENDIAN) ? 1 : 2)).put((byte) 1);
    file.position(16);
    file.putShort((short) 3).putShort((short) machine).putInt(1);
    word(file, 0);
    word(file, header);
    word(file, 0);
    file.putInt(0).putShort((short) header).putShort((short) entry).putShort((short) segments);
    file.position(header);
    segment(file, 1, 0, BASE, size);
    segment(file, 2, dynamicAt, BASE + dynamicAt, dynamicSize);
    if (!interpreter.isEmpty()) {
      segment(file, 3, interpreterAt, BASE + interpreterAt, path.length);
    }
    file.put(dynamic.array()).put(strings.toByteArray()).put(path);
    return file.array();
  }

  /** Writes the file, with the directories above it. */
  void at(Path root, String path) throws IOException {
    write(root, path, bytes());
  }

  static void write(Path root, String path, byte[] content) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static void link(Path root, String path, String target) throws IOException {
    Path link = root.resolve(path.substring(1));
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private void word(ByteBuffer buffer, long value) {
    if (wide) {
      buffer.putLong(value);
    } else {
      buffer.putInt((int) value);
    }
  }

  private void segment(ByteBuffer file, int type, int offset, int address, int size) {
    file.putInt(type);
    if (wide) {
      file.putInt(5);
    }
    word(file, offset);
    word(file, address);
    word(file, address);
    word(file, size);
    word(file, size);
    if (!wide) {
      file.putInt(5);
    }
    word(file, 4096);
  }
}
