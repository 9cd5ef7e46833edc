package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the dynamic section of an ELF file (elf(5)) without running anything: {@code ldd} starts
 * the program's own loader, which a hostile program chooses.
 *
 * <p>Every number of the file is taken for hostile: it is compared with the file's size before it
 * is used, in a way that cannot overflow. What does not fit is a {@link FileSystemException} whose
 * reason is one line.
 */
final class ElfReader implements AutoCloseable {
  private static final int MAX_PROGRAM_HEADERS = 1024;
  private static final int MAX_DYNAMIC_BYTES = 1 << 20;
  private static final int MAX_STRING = 4096;
  private static final int MAX_NEEDED = 1024;

  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_INTERP = 3;
  private static final int DT_NULL = 0;
  private static final int DT_NEEDED = 1;
  private static final int DT_STRTAB = 5;
  private static final int DT_SONAME = 14;
  private static final int DT_RPATH = 15;
  private static final int DT_RUNPATH = 29;

  private record Segment(int type, long offset, long address, long fileSize) {}

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private boolean wide;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private ElfReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * The ELF file at {@code file}, or empty when the file does not begin as ELF files do.
   *
   * @throws IOException it cannot be read, or it is ELF and malformed
   */
  static Optional<ElfFile> read(Path file) throws IOException {
    try (var reader = new ElfReader(file, FileChannel.open(file, StandardOpenOption.READ))) {
      return reader.read();
    }
  }

  private Optional<ElfFile> read() throws IOException {
    if (size < 4) {
      return Optional.empty();
    }
    ByteBuffer magic = bytes(0, 4, "magic number");
    if (magic.order(ByteOrder.BIG_ENDIAN).getInt() != 0x7f454c46) {
      return Optional.empty();
    }
    ByteBuffer ident = bytes(0, 16, "header");
    wide = select(ident.get(4), "class", 1, 2) == 2;
    order =
        select(ident.get(5), "byte order", 1, 2) == 1
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    ByteBuffer header = bytes(0, wide ? 64 : 52, "header");
    int type = Short.toUnsignedInt(header.getShort(16));
    if (type != 2 && type != 3) {
      throw malformed("it is ELF, but neither a program nor a shared library (type " + type + ")");
    }
    List<Segment> segments = segments(header);
    Optional<String> interpreter = Optional.empty();
    List<String> needed = new ArrayList<>();
    String[] names = new String[DT_RUNPATH + 1];
    for (Segment segment : segments) {
      if (segment.type() == PT_INTERP) {
        interpreter = Optional.of(string(segment.offset(), segment.fileSize(), "interpreter"));
      } else if (segment.type() == PT_DYNAMIC) {
        dynamic(segment, segments, needed, names);
      }
    }
    return Optional.of(
        new ElfFile(
            wide,
            order,
            Short.toUnsignedInt(header.getShort(18)),
            interpreter,
            List.copyOf(needed),
            Optional.ofNullable(names[DT_SONAME]),
            Optional.ofNullable(names[DT_RPATH]),
            Optional.ofNullable(names[DT_RUNPATH])));
  }

  private List<Segment> segments(ByteBuffer header) throws IOException {
    long offset = word(header, wide ? 32 : 28);
    int entry = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
    int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
    if (count > MAX_PROGRAM_HEADERS) {
      throw malformed("it has " + count + " ELF program headers; no real program has so many");
    }
    if (count > 0 && entry != (wide ? 56 : 32)) {
      throw malformed("its ELF program headers have a size of " + entry + " bytes");
    }
    ByteBuffer table = bytes(offset, (long) count * entry, "program header table");
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * entry;
      segments.add(
          new Segment(
              table.getInt(at),
              word(table, at + (wide ? 8 : 4)),
              word(table, at + (wide ? 16 : 8)),
              word(table, at + (wide ? 32 : 16))));
    }
    return segments;
  }

  private void dynamic(Segment section, List<Segment> segments, List<String> needed, String[] names)
      throws IOException {
    if (section.fileSize() > MAX_DYNAMIC_BYTES) {
      throw malformed("its ELF dynamic section is larger than " + MAX_DYNAMIC_BYTES + " bytes");
    }
    ByteBuffer table = bytes(section.offset(), section.fileSize(), "dynamic section");
    int width = wide ? 8 : 4;
    record Tag(int tag, long value) {}
    List<Tag> strings = new ArrayList<>();
    long stringTable = -1;
    for (int at = 0; at + 2 * width <= table.capacity(); at += 2 * width) {
      long tag = word(table, at);
      long value = word(table, at + width);
      if (tag == DT_NULL) {
        break;
      } else if (tag == DT_STRTAB) {
        stringTable = value;
      } else if (tag == DT_NEEDED || tag == DT_SONAME || tag == DT_RPATH || tag == DT_RUNPATH) {
        strings.add(new Tag((int) tag, value));
      }
    }
    if (strings.size() > MAX_NEEDED) {
      throw malformed("it needs more than " + MAX_NEEDED + " shared libraries");
    }
    // The string table may come after its users, so the names are read at the end.
    for (Tag tag : strings) {
      long offset = fileOffset(stringTable, segments);
      if (tag.value() < 0 || tag.value() > size - offset) {
        throw malformed("a name in its ELF dynamic section lies outside the file");
      }
      String text = string(offset + tag.value(), Long.MAX_VALUE, "dynamic section's name");
      if (tag.tag() == DT_NEEDED) {
        needed.add(text);
      } else {
        names[tag.tag()] = text;
      }
    }
  }

  /** DT_STRTAB is an address in memory; the loadable segments say where that is in the file. */
  private long fileOffset(long address, List<Segment> segments) throws IOException {
    for (Segment segment : segments) {
      long inside = address - segment.address();
      if (segment.type() == PT_LOAD
          && address >= segment.address()
          && inside >= 0
          && inside < segment.fileSize()) {
        long offset = segment.offset() + inside;
        if (segment.offset() >= 0 && offset >= 0 && offset < size) {
          return offset;
        }
      }
    }
    throw malformed("its ELF string table lies outside the file");
  }

  /** The text at {@code offset} up to a NUL, at most {@code length} bytes. */
  private String string(long offset, long length, String what) throws IOException {
    if (offset < 0 || offset >= size || length <= 0) {
      throw malformed("its ELF " + what + " lies outside the file");
    }
    int most = (int) Math.min(Math.min(length, size - offset), MAX_STRING);
    ByteBuffer buffer = bytes(offset, most, what);
    int end = 0;
    while (end < most && buffer.get(end) != 0) {
      end++;
    }
    if (end == 0 || end == MAX_STRING) {
      throw malformed("its ELF " + what + " is " + (end == 0 ? "empty" : "too long"));
    }
    byte[] text = new byte[end];
    buffer.get(0, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private ByteBuffer bytes(long offset, long length, String what) throws IOException {
    if (offset < 0 || length < 0 || length > size || offset > size - length) {
      throw malformed("its ELF " + what + " lies outside the file");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) length).order(order);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw malformed("it became shorter while it was read");
      }
    }
    return buffer.flip().order(order);
  }

  private long word(ByteBuffer buffer, int at) {
    return wide ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
  }

  private int select(byte value, String what, int first, int second) throws IOException {
    if (value != first && value != second) {
      throw malformed("its ELF " + what + " is unknown (" + value + ")");
    }
    return value;
  }

  private FileSystemException malformed(String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
