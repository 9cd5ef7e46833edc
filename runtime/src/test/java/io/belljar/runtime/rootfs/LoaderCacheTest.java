package io.belljar.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.runtime.rootfs.LoaderCache.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoaderCacheTest {
  private static final LoaderCache CACHE =
      new LoaderCache(
          List.of(
              new Entry(0x0303, "libz.so.1", "/usr/lib/libz.so.1"),
              new Entry(0x0303, "libc.so.6", "/lib64/libc.so.6"),
              new Entry(0x0003, "libc.so.6", "/lib32/libc.so.6")));

  @Test
  void readsWhatItWrites() {
    assertThat(LoaderCache.parse(CACHE.encode())).isEqualTo(CACHE);
    assertThat(CACHE.paths("libc.so.6")).containsExactly("/lib64/libc.so.6", "/lib32/libc.so.6");
    assertThat(CACHE.paths("libd.so")).isEmpty();
  }

  @Test
  void findsTheNewFormAfterTheOldOne() {
    byte[] cache = CACHE.encode();
    int old = (16 + 12 + 7) / 8 * 8; // header, one entry, padding
    ByteBuffer both = ByteBuffer.allocate(old + cache.length).order(ByteOrder.LITTLE_ENDIAN);
    both.put("ld.so-1.7.0".getBytes(StandardCharsets.US_ASCII)).putInt(12, 1);
    both.put(old, cache);
    assertThat(LoaderCache.parse(both.array())).isEqualTo(CACHE);
  }

  @Test
  void keepsTheOrderOfWhatItKeeps() {
    assertThat(CACHE.only(path -> !path.startsWith("/lib64")).entries())
        .extracting(Entry::path)
        .containsExactly("/usr/lib/libz.so.1", "/lib32/libc.so.6");
  }

  @Test
  void takesDamageForAnEmptyCacheOrFewerEntries() {
    byte[] good = CACHE.encode();
    assertThat(LoaderCache.parse(new byte[0])).isEqualTo(LoaderCache.EMPTY);
    assertThat(LoaderCache.parse(Arrays.copyOf(good, 47))).isEqualTo(LoaderCache.EMPTY);
    byte[] many = good.clone();
    ByteBuffer.wrap(many).putInt(20, -1);
    assertThat(LoaderCache.parse(many)).isEqualTo(LoaderCache.EMPTY);
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      assertThat(LoaderCache.parse(bad).entries()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void readsThisHostsCache() throws IOException {
    Path cache = Path.of("/etc/ld.so.cache");
    assumeTrue(Files.isReadable(cache), "this host has an ld.so.cache");
    assertThat(LoaderCache.parse(Files.readAllBytes(cache)).paths("libc.so.6")).isNotEmpty();
  }
}
