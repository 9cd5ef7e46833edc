package io.belljar.runtime.lifecycle;

import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigReader;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The configurations that were read last. Many containers are made of the same bundle, and the same
 * bytes are the same configuration: they are compared, all of them, so nothing can be mistaken for
 * another.
 */
final class ReadConfigs {
  // A few bundles in turns; larger documents are rare, and would not be worth their memory.
  private static final int MOST = 4;
  private static final int LARGEST = 64 << 10;

  private volatile List<ReadConfig> last = List.of();

  /**
   * A configuration.
   *
   * @param content the bytes of its document
   * @param config what they say
   * @param document the same, as it was given
   */
  @SuppressWarnings("ArrayRecordComponent")
  record ReadConfig(byte[] content, Config config, JsonObject document) {}

  /**
   * Reads a document.
   *
   * @param name what messages call it
   * @throws io.belljar.spec.json.InvalidDocumentException when it is none of a configuration
   */
  ReadConfig read(byte[] content, String name) {
    for (ReadConfig known : last) {
      if (Arrays.equals(known.content(), content)) {
        return known;
      }
    }
    JsonNode node = JsonReader.readNode(content, name);
    Config config = ConfigReader.read(node);
    if (!(node.value() instanceof JsonObject document)) {
      throw node.refuse("is not an object");
    }
    ReadConfig read = new ReadConfig(content, config, document);
    if (content.length <= LARGEST) {
      keep(read);
    }
    return read;
  }

  private synchronized void keep(ReadConfig read) {
    List<ReadConfig> kept = new ArrayList<>(last);
    kept.addFirst(read);
    last = List.copyOf(kept.subList(0, Math.min(kept.size(), MOST)));
  }
}
