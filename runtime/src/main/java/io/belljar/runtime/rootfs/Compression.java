package io.belljar.runtime.rootfs;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a tarball is compressed: by its first bytes, as its name may say anything. */
enum Compression {
  NONE("tar"),
  GZIP("gzip"),
  XZ("xz"),
  ZSTD("zstd"),
  BZIP2("bzip2");

  /** What xz -9 wants is 65 MiB; a header may claim 4 GiB. */
  private static final int XZ_MEMORY_KIB = 256 << 10;

  private static final int BUFFER = 1 << 16;

  private final String title;

  Compression(String title) {
    this.title = title;
  }

  /** The name of the form, for messages. */
  String title() {
    return title;
  }

  /** Looks at the stream's first bytes and leaves them in it. */
  static Compression of(BufferedInputStream in) throws IOException {
    in.mark(8);
    byte[] magic = in.readNBytes(6);
    in.reset();
    if (begins(magic, 0x1f, 0x8b)) {
      return GZIP;
    } else if (begins(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    } else if (begins(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      return ZSTD;
    } else if (begins(magic, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    return NONE;
  }

  /** The content; several compressed streams one after another count as one, as for the tools. */
  InputStream open(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
      case ZSTD -> new ZstdInputStream(in);
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
    };
  }

  private static boolean begins(byte[] file, int... magic) {
    if (file.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((file[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
