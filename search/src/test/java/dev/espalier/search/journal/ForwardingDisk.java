package dev.espalier.search.journal;

import java.io.IOException;
import java.util.List;

/** A disk that is another one, and something that happens before each write. */
abstract class ForwardingDisk implements Disk {

  protected final Disk disk;

  ForwardingDisk(Disk disk) {
    this.disk = disk;
  }

  protected abstract void write() throws IOException;

  @Override
  public List<String> names() throws IOException {
    return disk.names();
  }

  @Override
  public byte[] read(String name) throws IOException {
    return disk.read(name);
  }

  @Override
  public boolean create(String name) throws IOException {
    write();
    return disk.create(name);
  }

  @Override
  public void append(String name, byte[] bytes) throws IOException {
    write();
    disk.append(name, bytes);
  }

  @Override
  public void force(String name) throws IOException {
    write();
    disk.force(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    write();
    disk.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    write();
    disk.delete(name);
  }

  @Override
  public void forceNames() throws IOException {
    write();
    disk.forceNames();
  }
}
