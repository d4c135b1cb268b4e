package dev.espalier.worker.cache;

import dev.espalier.search.evaluation.ScoreStore;

final class NoScoreStoreTest extends ScoreStoreContract {

  @Override
  ScoreStore store() {
    return new NoScoreStore();
  }

  @Override
  boolean keeps() {
    return false;
  }
}
