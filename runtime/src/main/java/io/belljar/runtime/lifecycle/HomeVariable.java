package io.belljar.runtime.lifecycle;

import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.user.ContainerUser;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.runtime.user.UserException;
import io.belljar.spec.config.Config;
import io.belljar.spec.process.Process;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code HOME} of a process whose environment has none: as the container's /etc/passwd says, else
 * {@code /}, as runc and Docker do it.
 */
final class HomeVariable {
  private HomeVariable() {}

  static Config fill(Config config, Path rootfs) {
    return config.process().isEmpty()
        ? config
        : config.toBuilder()
            .process(config.process().map(process -> fill(process, rootfs)))
            .build();
  }

  static Process fill(Process process, Path rootfs) {
    if (process.env().stream().anyMatch(entry -> entry.startsWith("HOME="))) {
      return process;
    }
    List<String> env = new ArrayList<>(process.env());
    env.add("HOME=" + home(process.user().uid(), rootfs));
    return process.toBuilder().env(env).build();
  }

  private static String home(long uid, Path rootfs) {
    try {
      String home =
          PasswordFile.read(rootfs).resolve(Long.toString(uid), ContainerUser.ROOT).home();
      // An image's file must not smuggle a second line into whatever copies the variable.
      return home.isEmpty() || home.chars().anyMatch(c -> c < ' ') ? "/" : home;
    } catch (UserException | RootfsException _) {
      return "/";
    }
  }
}
