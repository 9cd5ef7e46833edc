package io.belljar.runtime.rootfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code /etc/ld.so.cache}: which file glibc's loader takes for a library's name (ldconfig(8)).
 *
 * <p>The form is glibc's {@code sysdeps/generic/dl-cache.h}: the new one, alone or after the old
 * one.
 *
 * <pre>
 *   header  char[20] "glibc-ld.so.cache1.1"; u32 entries; u32 bytes of strings; u8 flags; 3 pad;
 *           u32 extension; u32[3] unused                                             (48 bytes)
 *   entry   i32 flags; u32 name; u32 path; u32 os version; u64 hardware capabilities (24 bytes)
 *   strings NUL-terminated; name and path are offsets from the header
 * </pre>
 *
 * A file that is not of this form counts as empty: so the loader takes it.
 */
record LoaderCache(List<Entry> entries) {
  /** {@code name} is what a program asks for, {@code path} the file that it gets. */
  record Entry(int flags, String name, String path) {}

  private static final String OLD_MAGIC = "ld.so-1.7.0";
  private static final String NEW_MAGIC = "glibc-ld.so.cache1.1";
  private static final int HEADER = 48;
  private static final int ENTRY = 24;
  private static final int MAX_STRING = 4096;

  static final LoaderCache EMPTY = new LoaderCache(List.of());

  static LoaderCache parse(byte[] file) {
    int start = 0;
    if (startsWith(file, 0, OLD_MAGIC) && file.length >= 16) {
      long old = Integer.toUnsignedLong(little(file).getInt(12));
      long end = (16 + old * 12 + 7) / 8 * 8;
      if (end > file.length) {
        return EMPTY;
      }
      start = (int) end;
    }
    if (!startsWith(file, start, NEW_MAGIC) || file.length - start < HEADER) {
      return EMPTY;
    }
    ByteBuffer cache = little(file).slice(start, file.length - start);
    // flags & 3: 2 is little-endian, 3 big-endian, 0 written before the field had a meaning.
    cache.order((cache.get(28) & 3) == 3 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long count = Integer.toUnsignedLong(cache.getInt(20));
    if (count > (cache.capacity() - HEADER) / ENTRY) {
      return EMPTY;
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = HEADER + i * ENTRY;
      // Entries for particular processors: a root of plain libraries runs on all of them.
      if (cache.getLong(at + 16) == 0) {
        Optional<String> name = string(cache, cache.getInt(at + 4));
        Optional<String> path = string(cache, cache.getInt(at + 8));
        if (name.isPresent() && path.isPresent()) {
          entries.add(new Entry(cache.getInt(at), name.get(), path.get()));
        }
      }
    }
    return new LoaderCache(List.copyOf(entries));
  }

  /** The files that the cache has for a name, the loader's preference first. */
  List<String> paths(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).map(Entry::path).toList();
  }

  /** A cache with only the files that {@code kept} says; the order, which is a sorting, stays. */
  LoaderCache only(Predicate<String> kept) {
    return new LoaderCache(entries.stream().filter(e -> kept.test(e.path())).toList());
  }

  /** The cache as a file in the new form, in this machine's byte order. */
  byte[] encode() {
    List<byte[]> strings = new ArrayList<>();
    int stringsAt = HEADER + entries.size() * ENTRY;
    int at = stringsAt;
    ByteBuffer table = ByteBuffer.allocate(stringsAt).order(ByteOrder.nativeOrder());
    table.position(HEADER);
    for (Entry entry : entries) {
      byte[] name = terminated(entry.name());
      byte[] path = terminated(entry.path());
      table.putInt(entry.flags()).putInt(at).putInt(at + name.length).putInt(0).putLong(0);
      at += name.length + path.length;
      strings.add(name);
      strings.add(path);
    }
    table.put(0, NEW_MAGIC.getBytes(StandardCharsets.US_ASCII));
    table.putInt(20, entries.size()).putInt(24, at - stringsAt);
    table.put(28, (byte) (ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN) ? 2 : 3));
    ByteBuffer file = ByteBuffer.allocate(at).put(table.array());
    strings.forEach(file::put);
    return file.array();
  }

  private static byte[] terminated(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> string(ByteBuffer cache, int offset) {
    if (offset < 0 || offset >= cache.capacity()) {
      return Optional.empty();
    }
    int most = Math.min(cache.capacity(), offset + MAX_STRING);
    int end = offset;
    while (end < most && cache.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - offset];
    cache.get(offset, text);
    return end == most || text.length == 0
        ? Optional.empty()
        : Optional.of(new String(text, StandardCharsets.UTF_8));
  }

  private static boolean startsWith(byte[] file, int at, String magic) {
    return file.length - at >= magic.length()
        && new String(file, at, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
  }

  private static ByteBuffer little(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
