package dev.espalier.driver.service.store;

/** The folder of other tests keeps the contract, too. */
class MemoryFolderTest extends FolderContract {

  @Override
  protected Folder open() {
    return new MemoryFolder().folder("a");
  }
}
