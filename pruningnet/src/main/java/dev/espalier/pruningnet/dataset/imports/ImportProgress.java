package dev.espalier.pruningnet.dataset.imports;

/** Is told how far an import has come; called by the importing thread only. */
@FunctionalInterface
public interface ImportProgress {

  /** Tells nobody. */
  ImportProgress NONE = (done, total) -> {};

  /**
   * Images done, broken ones included.
   *
   * @param total images of the source, the same in every call
   */
  void update(long done, long total);
}
