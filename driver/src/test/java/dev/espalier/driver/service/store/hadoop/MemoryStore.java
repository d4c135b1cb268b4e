package dev.espalier.driver.service.store.hadoop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An object store in memory that behaves as S3 and its client do: an object appears whole when its
 * stream is closed, folders are nothing but names with a slash, nothing can be renamed or appended
 * to, and unless it is asked to look again when it writes, whether an object is absent is looked up
 * too early. The buckets of a process are {@code memory://NAME/}; those whose name begins with
 * {@code old-} cannot look again.
 */
public final class MemoryStore extends FileSystem {

  private static final String ABSENT = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  private static final Map<String, ConcurrentNavigableMap<String, byte[]>> BUCKETS =
      new ConcurrentHashMap<>();

  private static final Set<String> LOSING = ConcurrentHashMap.newKeySet();

  private URI uri = URI.create("memory://none/");

  /** From now on writes to a bucket happen, and the reply to each is lost. */
  static void loseReplies(String bucket) {
    LOSING.add(bucket);
  }

  @Override
  public void initialize(URI name, Configuration settings) throws IOException {
    super.initialize(name, settings);
    setConf(settings);
    uri = URI.create("memory://" + name.getAuthority() + "/");
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(ABSENT) && !uri.getAuthority().startsWith("old-")
        || super.hasPathCapability(path, capability);
  }

  private ConcurrentNavigableMap<String, byte[]> bucket() {
    return BUCKETS.computeIfAbsent(uri.getAuthority(), any -> new ConcurrentSkipListMap<>());
  }

  private static String key(Path path) {
    return path.toUri().getPath();
  }

  private boolean isFolder(String key) {
    String inside = key.endsWith("/") ? key : key + "/";
    String next = bucket().ceilingKey(inside);
    return next != null && next.startsWith(inside);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    byte[] content = bucket().get(key(path));
    if (content == null) {
      throw new FileNotFoundException(path.toString());
    }
    return new FSDataInputStream(new Bytes(content));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (!overwrite && bucket().containsKey(key(path))) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return new FSDataOutputStream(new Upload(path, false), null);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Builder(path);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("append");
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("rename");
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    return bucket().remove(key(path)) != null;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    String inside = key(path).endsWith("/") ? key(path) : key(path) + "/";
    if (!isFolder(inside)) {
      throw new FileNotFoundException(path.toString());
    }
    List<FileStatus> found = new ArrayList<>();
    for (String key : bucket().tailMap(inside).keySet()) {
      if (!key.startsWith(inside)) {
        break;
      }
      String rest = key.substring(inside.length());
      int slash = rest.indexOf('/');
      Path child = new Path(path, slash < 0 ? rest : rest.substring(0, slash));
      FileStatus status = new FileStatus(0, slash >= 0, 1, 1, 0, child);
      if (!found.contains(status)) {
        found.add(status);
      }
    }
    return found.toArray(new FileStatus[0]);
  }

  @Override
  public void setWorkingDirectory(Path folder) {
    throw new UnsupportedOperationException("working directory");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri.resolve("/"));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    return true;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    byte[] content = bucket().get(key(path));
    if (content == null && !isFolder(key(path))) {
      throw new FileNotFoundException(path.toString());
    }
    return new FileStatus(content == null ? 0 : content.length, content == null, 1, 1, 0, path);
  }

  /** An object that comes into being when it is closed. */
  private final class Upload extends ByteArrayOutputStream {

    private final Path path;
    private final boolean ifAbsent;
    private boolean closed;

    private Upload(Path path, boolean ifAbsent) {
      this.path = path;
      this.ifAbsent = ifAbsent;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (!ifAbsent) {
        bucket().put(key(path), toByteArray());
      } else if (bucket().putIfAbsent(key(path), toByteArray()) != null) {
        throw new IOException("412 Precondition Failed");
      }
      if (LOSING.contains(uri.getAuthority())) {
        throw new IOException("connection reset");
      }
    }
  }

  private final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {

    private Builder(Path path) {
      super(MemoryStore.this, path);
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      return getOptions().getBoolean(ABSENT, false)
          ? new FSDataOutputStream(new Upload(getPath(), true), null)
          : MemoryStore.this.create(
              getPath(),
              getPermission(),
              getFlags().contains(org.apache.hadoop.fs.CreateFlag.OVERWRITE),
              getBufferSize(),
              getReplication(),
              getBlockSize(),
              getProgress());
    }
  }

  /** Bytes of an object. */
  private static final class Bytes extends FSInputStream {

    private final byte[] content;
    private int at;

    private Bytes(byte[] content) {
      this.content = content;
    }

    @Override
    public int read() {
      return at < content.length ? content[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read =
          new ByteArrayInputStream(content, at, content.length - at).read(buffer, offset, length);
      at += Math.max(0, read);
      return read;
    }

    @Override
    public void seek(long position) {
      at = (int) position;
    }

    @Override
    public long getPos() {
      return at;
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }
  }
}
