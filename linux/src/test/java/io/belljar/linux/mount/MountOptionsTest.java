package io.belljar.linux.mount;

import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOATIME;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NODEV;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOEXEC;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOSUID;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_STRICTATIME;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR__ATIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountOptionsTest {
  @Test
  void decodesTheOptionsOfADefaultTmpfs() {
    MountOptions options = parse("nosuid", "strictatime", "mode=755", "size=65536k");
    assertThat(options.kind()).isEqualTo(MountOptions.Kind.FILESYSTEM);
    assertThat(options.attributes())
        .isEqualTo(
            new AttributeChange(MOUNT_ATTR_NOSUID | MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME));
    assertThat(options.superblock()).isEmpty();
    assertThat(options.data()).containsExactly("mode=755", "size=65536k");
    assertThat(options.dataString()).isEqualTo("mode=755,size=65536k");
    assertThat(options.isBind()).isFalse();
  }

  @Test
  void decodesAReadOnlyRecursiveBind() {
    MountOptions options = parse("rbind", "rprivate", "ro", "nosuid");
    assertThat(options.kind()).isEqualTo(MountOptions.Kind.RECURSIVE_BIND);
    assertThat(options.isBind()).isTrue();
    assertThat(options.isReadOnly()).isTrue();
    assertThat(options.attributes())
        .isEqualTo(new AttributeChange(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID, 0));
    assertThat(options.propagation()).containsExactly(Propagation.RPRIVATE);
    assertThat(options.propagation().getFirst().mountFlags())
        .isEqualTo(MountFlags.MS_PRIVATE | MountFlags.MS_REC);
    assertThat(options.data()).isEmpty();
  }

  @Test
  void separatesRecursiveAttributes() {
    MountOptions options = parse("bind", "rro", "rnosuid", "rexec", "nodev");
    assertThat(options.kind()).isEqualTo(MountOptions.Kind.BIND);
    assertThat(options.attributes()).isEqualTo(new AttributeChange(MOUNT_ATTR_NODEV, 0));
    assertThat(options.recursiveAttributes())
        .isEqualTo(new AttributeChange(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID, MOUNT_ATTR_NOEXEC));
    assertThat(options.isReadOnly()).isTrue();
  }

  @Test
  void letsTheLaterOptionHold() {
    MountOptions options = parse("ro", "noexec", "exec", "rw", "sync", "async");
    assertThat(options.attributes())
        .isEqualTo(new AttributeChange(0, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC));
    assertThat(options.superblock()).containsExactly("rw", "async");
    assertThat(options.superblockFlags()).isZero();
    assertThat(options.isReadOnly()).isFalse();
  }

  @Test
  void letsARecursiveOptionHoldOverAPlainOne() {
    assertThat(parse("ro", "rrw").isReadOnly()).isFalse();
    assertThat(parse("rw", "rro").isReadOnly()).isTrue();
  }

  @Test
  void clearsTheWholeFieldWhenTheAccessTimeChanges() {
    assertThat(parse("noatime").attributes())
        .isEqualTo(new AttributeChange(MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME));
    assertThat(parse("relatime").attributes()).isEqualTo(new AttributeChange(0, MOUNT_ATTR__ATIME));
    assertThat(parse("ratime").recursiveAttributes())
        .isEqualTo(new AttributeChange(0, MOUNT_ATTR__ATIME));
    assertThat(parse("noatime", "strictatime").attributes())
        .isEqualTo(new AttributeChange(MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME));
  }

  @Test
  void makesReadOnlyAFlagOfTheSuperblockToo() {
    MountOptions options = parse("ro", "dirsync", "lazytime", "mand");
    assertThat(options.superblock()).containsExactly("ro", "dirsync", "lazytime", "mand");
    assertThat(options.superblockFlags())
        .isEqualTo(
            MountFlags.MS_RDONLY
                | MountFlags.MS_DIRSYNC
                | MountFlags.MS_LAZYTIME
                | MountFlags.MS_MANDLOCK);
  }

  @Test
  void keepsAFlagThatOnlyMountHas() {
    MountOptions options = parse("iversion");
    assertThat(options.superblock()).isEmpty();
    assertThat(options.superblockFlags()).isEqualTo(MountFlags.MS_I_VERSION);
  }

  @Test
  void keepsSeveralPropagationsInOrder() {
    assertThat(parse("bind", "private", "shared").propagation())
        .containsExactly(Propagation.PRIVATE, Propagation.SHARED);
  }

  @Test
  void decodesExtensions() {
    MountOptions options = parse("tmpcopyup", "ridmap", "copy-symlink", "remount");
    assertThat(options.copyUp()).isTrue();
    assertThat(options.idMap()).contains(MountOptions.IdMapScope.TREE);
    assertThat(options.copySymlink()).isTrue();
    assertThat(options.remount()).isTrue();
    assertThat(parse("idmap").idMap()).contains(MountOptions.IdMapScope.MOUNT);
    assertThat(parse("bind").idMap()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"defaults", "silent", "loud", "norelatime", "rnorelatime"})
  void takesNoEffectForNoData(String option) {
    assertThat(parse(option)).isEqualTo(parse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"acl", "RO", "nofail", "user", "xattr", "context=\"a,b\"", ""})
  void leavesTheRestToTheFileSystem(String option) {
    assertThat(parse(option).data()).containsExactly(option);
  }

  @Test
  void knowsEveryOptionOfTheSpecification() {
    assertThat(MountOption.names())
        .contains(
            "async",
            "atime",
            "bind",
            "defaults",
            "dev",
            "diratime",
            "dirsync",
            "exec",
            "iversion",
            "lazytime",
            "loud",
            "mand",
            "noatime",
            "nodev",
            "nodiratime",
            "noexec",
            "noiversion",
            "nolazytime",
            "nomand",
            "norelatime",
            "nostrictatime",
            "nosuid",
            "nosymfollow",
            "private",
            "ratime",
            "rbind",
            "rdev",
            "rdiratime",
            "relatime",
            "remount",
            "rexec",
            "rnoatime",
            "rnodev",
            "rnodiratime",
            "rnoexec",
            "rnorelatime",
            "rnostrictatime",
            "rnosuid",
            "rnosymfollow",
            "ro",
            "rprivate",
            "rrelatime",
            "rro",
            "rrw",
            "rshared",
            "rslave",
            "rstrictatime",
            "rsuid",
            "rsymfollow",
            "runbindable",
            "rw",
            "shared",
            "silent",
            "slave",
            "strictatime",
            "suid",
            "symfollow",
            "sync",
            "tmpcopyup",
            "unbindable",
            "idmap",
            "ridmap");
  }

  @ParameterizedTest
  @CsvSource({
    "rasync, async",
    "rsync, sync",
    "rdirsync, dirsync",
    "rmand, mand",
    "rnomand, nomand"
  })
  void takesCrunsRecursiveSuperblockFlagsAsTheFlags(String recursive, String plain) {
    assertThat(parse(recursive)).isEqualTo(parse(plain));
  }

  @Test
  void saysWhatAttributesChange() {
    assertThat(parse("ro", "nosuid").attributes())
        .hasToString("set MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID");
    assertThat(parse("noatime").attributes())
        .hasToString("set MOUNT_ATTR_NOATIME, clear MOUNT_ATTR__ATIME");
    assertThat(AttributeChange.NONE).hasToString("nothing");
  }

  private static MountOptions parse(String... options) {
    return MountOptions.parse(List.of(options));
  }
}
