package io.belljar.linux.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each failure here is a real one of the kernel's. */
final class NamespaceFileTest {
  private static final Path OWN = Path.of("/proc/self/ns");

  @Test
  void aFileHasTheNameAndKindOfItsNamespace() {
    int self = (int) ProcessHandle.current().pid();
    for (NamespaceKind kind : NamespaceKind.values()) {
      try (var file = NamespaceFile.open(OWN.resolve(kind.procName()))) {
        assertEquals(kind, file.kind());
        assertEquals(ProcFs.host().namespace(self, kind), Optional.of(file.id()));
      }
    }
  }

  @Test
  void theOwnerIsTheUserNamespace() {
    try (var uts = NamespaceFile.open(OWN.resolve("uts"));
        var user = NamespaceFile.open(OWN.resolve("user"));
        var owner = uts.owner().orElseThrow()) {
      assertEquals(NamespaceKind.USER, owner.kind());
      assertEquals(user.id(), owner.id());
    }
  }

  @Test
  void theFirstPidNamespaceHasNoParentThatIsSeen() {
    try (var pid = NamespaceFile.open(OWN.resolve("pid"))) {
      assertEquals(Optional.empty(), pid.parent().map(NamespaceFile::id));
    }
  }

  @Test
  void onlyPidAndUserNamespacesHaveParents() {
    try (var uts = NamespaceFile.open(OWN.resolve("uts"))) {
      var failure = assertThrows(NamespaceException.class, uts::parent);
      assertEquals(Errno.EINVAL.number(), failure.errno());
      assertEquals(
          uts.id() + ": ioctl NS_GET_PARENT: EINVAL (Invalid argument)", failure.getMessage());
    }
  }

  @Test
  void onlyUserNamespacesHaveAnOwnersUid() {
    try (var uts = NamespaceFile.open(OWN.resolve("uts"));
        var user = NamespaceFile.open(OWN.resolve("user"))) {
      var failure = assertThrows(NamespaceException.class, uts::ownerUid);
      assertEquals(Errno.EINVAL.number(), failure.errno());
      assertTrue(user.ownerUid() >= 0);
    }
  }

  @Test
  void aFileThatIsNotThereIsRefusedWithItsErrno() {
    Path path = OWN.resolve("nothing");
    var failure = assertThrows(NamespaceException.class, () -> NamespaceFile.open(path));
    assertEquals(Errno.ENOENT.number(), failure.errno());
    assertEquals(path + ": open: ENOENT (No such file or directory)", failure.getMessage());
  }

  @Test
  void aFileOfAnotherKindIsRefusedBeforeAnyIoctl(@TempDir Path directory) throws IOException {
    Path path = Files.createFile(directory.resolve("uts:[4026531838]"));
    var failure = assertThrows(NamespaceException.class, () -> NamespaceFile.open(path));
    assertEquals(0, failure.errno());
    assertEquals(path + ": not a namespace", failure.getMessage());
  }

  @Test
  void theKernelTellsTheNumberOfANetworkNamespaceAndOfNothingElse() {
    try (var ids = NetworkIds.open();
        var net = NamespaceFile.open(OWN.resolve("net"));
        var uts = NamespaceFile.open(OWN.resolve("uts"))) {
      assertTrue(ids.of(net).isPresent());
      assertEquals(OptionalInt.empty(), ids.of(uts));
      assertTrue(ids.of(net).isPresent(), "the answer after an error is the right one");
    }
  }
}
