package io.belljar.runtime.lifecycle;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigWriter;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A bundle (bundle.md): a configuration and the root file system that it names.
 *
 * @param directory absolute; relative paths of the configuration count from here
 * @param rootfs the root file system, absolute, without symbolic links
 * @param config the configuration
 * @param document the same, as it was given
 */
public record Bundle(Path directory, Path rootfs, Config config, JsonObject document) {
  private static final String DOCUMENT = "config.json";
  private static final ReadConfigs READ = new ReadConfigs();

  /**
   * Reads a directory's {@code config.json}.
   *
   * @param directory absolute
   * @throws io.belljar.spec.json.InvalidDocumentException when the configuration cannot be read
   * @throws InvalidRequestException when there is no root file system
   */
  public static Bundle read(Path directory) {
    byte[] content = JsonReader.readContent(directory.resolve(DOCUMENT), DOCUMENT);
    ReadConfigs.ReadConfig read = READ.read(content, DOCUMENT);
    return new Bundle(directory, rootfs(directory, read.config()), read.config(), read.document());
  }

  /**
   * A configuration that is in no file, as {@code belljar run} makes one.
   *
   * @param directory absolute: what relative paths count from
   */
  public static Bundle of(Path directory, Config config) {
    return new Bundle(directory, rootfs(directory, config), config, ConfigWriter.toJson(config));
  }

  /** The same with another configuration: with what was filled in. */
  public Bundle with(Config other) {
    return new Bundle(directory, rootfs, other, document);
  }

  private static Path rootfs(Path directory, Config config) {
    Path path = directory.resolve(config.root().path());
    try {
      Path real = path.toRealPath();
      if (!Files.isDirectory(real)) {
        throw InvalidRequestException.ofConfig("root.path", real + " is not a directory");
      }
      return real;
    } catch (NoSuchFileException e) {
      throw new InvalidRequestException(
          "config.json: root.path: " + path.normalize() + " does not exist", e);
    } catch (IOException e) {
      throw new InvalidRequestException(
          "config.json: root.path: " + path.normalize() + " cannot be reached: " + e.getMessage(),
          e);
    }
  }
}
