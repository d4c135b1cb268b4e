package dev.espalier.driver.service.store;

import dev.espalier.driver.journal.OpenDisk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * A folder in memory, for tests; no lock reaches it.
 *
 * @param objects content of all objects of the store by path
 * @param path of this folder, with a slash at its end
 */
public record MemoryFolder(ConcurrentSkipListMap<String, byte[]> objects, String path)
    implements Folder {

  /** A store of nothing. */
  public MemoryFolder() {
    this(new ConcurrentSkipListMap<>(), "/");
  }

  @Override
  public URI uri() {
    return URI.create("test:" + path);
  }

  @Override
  public Optional<Path> local() {
    return Optional.empty();
  }

  @Override
  public Duration pace() {
    return Duration.ZERO;
  }

  @Override
  public boolean exists() {
    return below().findAny().isPresent();
  }

  @Override
  public List<String> names() {
    return below().filter(name -> !name.contains("/")).toList();
  }

  @Override
  public List<String> folders() {
    return below()
        .filter(name -> name.contains("/"))
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct()
        .toList();
  }

  @Override
  public Folder folder(String name) {
    return new MemoryFolder(objects, key(name) + "/");
  }

  @Override
  public Optional<Folder> claim(String name) {
    Folder claimed = folder(name);
    return claimed.create("claimed", new byte[0]) ? Optional.of(claimed) : Optional.empty();
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(objects.get(key(name))).map(byte[]::clone);
  }

  @Override
  public boolean create(String name, byte[] content) {
    return objects.putIfAbsent(key(name), content.clone()) == null;
  }

  @Override
  public void write(String name, byte[] content) {
    objects.put(key(name), content.clone());
  }

  @Override
  public void delete(String name) {
    objects.remove(key(name));
  }

  @Override
  public OpenDisk disk() {
    return new ObjectDisk(this);
  }

  @Override
  public OpenDisk readOnlyDisk() {
    return new ObjectDisk(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryFolder folder
        && folder.objects == objects
        && folder.path.equals(path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return "test:" + path.substring(0, path.length() - 1);
  }

  private Stream<String> below() {
    return objects.tailMap(path).keySet().stream()
        .takeWhile(key -> key.startsWith(path))
        .map(key -> key.substring(path.length()));
  }

  private String key(String name) {
    return path + ObjectName.require(name);
  }
}
