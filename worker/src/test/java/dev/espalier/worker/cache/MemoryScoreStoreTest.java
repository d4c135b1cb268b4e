package dev.espalier.worker.cache;

import dev.espalier.search.evaluation.ScoreStore;

final class MemoryScoreStoreTest extends ScoreStoreContract {

  private final ScoreStore store = new MemoryScoreStore();

  @Override
  ScoreStore store() {
    return store;
  }

  @Override
  boolean keeps() {
    return true;
  }
}
