package dev.espalier.driver.service.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.FolderContract;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HDFS. */
class HdfsFolderTest extends FolderContract {

  @TempDir private static Path blocks;
  private static MiniHdfs hdfs;
  private static int stores;

  @BeforeAll
  static void start() throws IOException {
    hdfs = MiniHdfs.in(blocks);
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  @Override
  protected Folder open() throws IOException {
    return Stores.write(hdfs.uri("/store-" + stores++)).jobs();
  }

  @Override
  protected int appends() {
    return 9;
  }

  @Test
  void write_killedHalfWay_leavesNothingThatIsAnObject() throws Exception {
    folder.write("a", bytes("1"));
    FileSystem client = hdfs.client();
    var half =
        client.create(
            new org.apache.hadoop.fs.Path(folder.uri().resolve(".unfinished/half").toString()));
    half.write(1);
    half.hsync();

    assertThat(folder.names()).containsExactly("a");
    half.close();
  }

  @Test
  void open_placeThatIsAFile_isRefused() throws Exception {
    folder.write("a", bytes("1"));

    assertThatThrownBy(() -> Stores.read(folder.describe("a")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it is a file, expected a folder");
  }

  @Test
  void write_storeThatMayNotBeWritten_isRefused() throws Exception {
    FileSystem client = hdfs.client();
    var root = new org.apache.hadoop.fs.Path("/forbidden");
    client.mkdirs(root);
    client.setPermission(root, new FsPermission((short) 0555));
    client.setOwner(root, "somebody", "else");
    String uri = hdfs.uri("/forbidden");

    var user = org.apache.hadoop.security.UserGroupInformation.createRemoteUser("stranger");
    assertThatThrownBy(
            () ->
                user.doAs((java.security.PrivilegedAction<Object>) () -> Stores.write(uri).place()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("no permission", "/forbidden");
  }
}
