package io.belljar.plan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * How text crosses between the kernel's world, in which a path or an argument is any bytes without
 * NUL, and Java's.
 *
 * <p>Text is UTF-8. A byte that is not part of valid UTF-8 becomes the lone surrogate U+DC00 +
 * byte, and back, so that every argument of a command reaches it unchanged (the scheme of Python's
 * PEP 383).
 */
public final class WireText {
  private static final char ESCAPE = 0xDC00;

  private WireText() {}

  /**
   * Text to bytes.
   *
   * @throws InvalidPlan when the text holds a lone surrogate that stands for no byte
   */
  public static byte[] encode(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        return encodeSurrogates(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encodeSurrogates(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (Character.isHighSurrogate(unit)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(unit)) {
        if (unit < ESCAPE + 0x80 || unit > ESCAPE + 0xFF) {
          throw new InvalidPlan("the text holds half a character at position " + at);
        }
        bytes.writeBytes(text.substring(start, at).getBytes(StandardCharsets.UTF_8));
        bytes.write(unit - ESCAPE);
        start = at + 1;
      }
    }
    bytes.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /** Bytes to text; never fails, and {@link #encode} gives the same bytes again. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return decoder.decode(in).toString();
    } catch (CharacterCodingException e) {
      return decodeEscaping(decoder.reset(), ByteBuffer.wrap(bytes));
    }
  }

  private static String decodeEscaping(CharsetDecoder decoder, ByteBuffer in) {
    // One char per byte is always room enough: UTF-8 never has fewer bytes than UTF-16 has chars.
    CharBuffer out = CharBuffer.allocate(in.remaining());
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isUnderflow()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE + (in.get() & 0xFF)));
      }
    }
  }
}
