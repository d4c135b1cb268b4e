package dev.espalier.driver.service.store.hadoop;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.EditLogFileOutputStream;

/** An HDFS of one name node and one data node in this process, on loopback. */
public final class MiniHdfs implements AutoCloseable {

  private final MiniDFSCluster cluster;

  private MiniHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts one that keeps its blocks in a folder. */
  public static MiniHdfs in(Path folder) throws IOException {
    // Nobody cuts the power of a test.
    EditLogFileOutputStream.setShouldSkipFsyncForTesting(true);
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    return new MiniHdfs(new MiniDFSCluster.Builder(settings).numDataNodes(1).build());
  }

  /** The URI of a folder. */
  public String uri(String path) throws IOException {
    return cluster.getFileSystem().getUri() + path;
  }

  /** Its client. */
  public org.apache.hadoop.fs.FileSystem client() throws IOException {
    return cluster.getFileSystem();
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
