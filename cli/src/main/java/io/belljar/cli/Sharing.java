package io.belljar.cli;

import io.belljar.cli.oci.OciProgram;
import io.belljar.cli.share.ShareDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The build's request for manual pages and completion. */
final class Sharing {
  private Sharing() {}

  /** Writes them below a directory. */
  static void run(Path directory) {
    String version =
        Optional.ofNullable(Sharing.class.getPackage().getImplementationVersion())
            .orElse("development");
    try {
      new ShareDirectory(directory, LocalDate.now(ZoneOffset.UTC).toString(), version)
          .write(new CommandLines(BelljarCommand.commands()).all(), OciProgram.commandLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
