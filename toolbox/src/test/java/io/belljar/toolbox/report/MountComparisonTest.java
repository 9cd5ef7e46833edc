package io.belljar.toolbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.proc.MountTable;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountComparisonTest {
  private static final String HOST =
      """
      22 27 0:21 / /proc rw - proc proc rw
      23 27 0:22 / /sys rw - sysfs sysfs rw
      24 27 0:6 / /dev rw - devtmpfs devtmpfs rw
      27 1 254:0 / / rw - ext4 /dev/vda rw
      28 27 0:40 / /run rw - tmpfs tmpfs rw
      """;

  private static final String CONTAINER =
      """
      100 99 254:0 /var/lib/docker/vfs/dir/abc / rw - ext4 /dev/vda rw
      101 100 0:70 / /proc rw,nosuid - proc proc rw
      102 101 0:70 /sys /proc/sys ro,nosuid - proc proc rw
      103 100 0:71 / /dev rw - tmpfs tmpfs rw
      104 100 0:72 / /sys ro - sysfs sysfs ro
      """;

  @TempDir Path directory;

  private MountTable table(String name, String text) throws IOException {
    Path process = Files.createDirectories(directory.resolve(name).resolve("1"));
    Files.writeString(process.resolve("mountinfo"), text);
    return new ProcFs(directory.resolve(name)).mounts(1).orElseThrow();
  }

  private List<MountFact> shown(String container) throws IOException {
    return new MountComparison(table("own", container), table("host", HOST)).shown();
  }

  @Test
  void findsNothingOfTheHostInAPlainContainer() throws IOException {
    assertThat(shown(CONTAINER)).isEmpty();
  }

  @Test
  void namesTheHostsPathOfABind() throws IOException {
    assertThat(shown(CONTAINER + "110 100 254:0 /etc /conf ro - ext4 /dev/vda rw\n"))
        .containsExactly(new MountFact("/conf", "/etc", "ext4", false));
    assertThat(
            shown(CONTAINER + "110 100 0:40 /docker.sock /run/docker.sock rw - tmpfs tmpfs rw\n"))
        .containsExactly(new MountFact("/run/docker.sock", "/run/docker.sock", "tmpfs", true));
  }

  @Test
  void findsTheHostsRootAndLeavesOutWhatIsBelowIt() throws IOException {
    assertThat(
            shown(
                CONTAINER
                    + "110 100 254:0 / /host rw - ext4 /dev/vda rw\n"
                    + "111 110 0:40 / /host/run rw - tmpfs tmpfs rw\n"))
        .containsExactly(new MountFact("/host", "/", "ext4", true));
  }

  @Test
  void findsTheHostsProcButNotANewOne() throws IOException {
    assertThat(shown(CONTAINER + "110 100 0:21 / /hostproc rw - proc proc rw\n"))
        .containsExactly(new MountFact("/hostproc", "/proc", "proc", true));
  }

  @Test
  void tellsWhatOfTheKernelCanBeWritten() throws IOException {
    List<KernelFileFact> files =
        MountComparison.kernelFiles(table("own", CONTAINER), path -> !path.equals("/proc/keys"));
    assertThat(files)
        .contains(new KernelFileFact("/proc/sys", "/proc/sys", true, false))
        .contains(new KernelFileFact("/proc/irq", "/proc/irq", true, true))
        .contains(new KernelFileFact("/proc/keys", "/proc/keys", false, false))
        .contains(new KernelFileFact("/sys", "/sys", true, false))
        .contains(new KernelFileFact("/sys/fs/cgroup", "/sys/fs/cgroup", false, false));
  }

  @Test
  void findsTheKernelsFilesThroughTheHostsProcElsewhere() throws IOException {
    MountTable table =
        table("elsewhere", CONTAINER + "110 100 0:21 / /host/proc rw - proc proc rw\n");
    assertThat(MountComparison.kernelFiles(table, _ -> true))
        .contains(new KernelFileFact("/proc/sys", "/host/proc/sys", true, true));
  }
}
