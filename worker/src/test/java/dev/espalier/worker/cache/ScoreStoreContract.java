package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.ScoreStore;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ScoreStore} must do, whether it keeps entries or loses them. */
abstract class ScoreStoreContract {

  abstract ScoreStore store();

  /** Whether an entry that was just put is expected to be there. */
  abstract boolean keeps();

  @Test
  void getAll_unknownKeys_findsNothing() {
    assertThat(store().getAll(Set.of("a" + newKey(), newKey()))).isEmpty();
  }

  @Test
  void getAll_noKeys_findsNothing() {
    assertThat(store().getAll(Set.of())).isEmpty();
  }

  @Test
  void putAll_noValues_changesNothing() {
    store().putAll(Map.of());

    assertThat(store().getAll(Set.of(newKey()))).isEmpty();
  }

  @Test
  void getAll_someKnown_findsThoseWithTheirValues() {
    String first = newKey();
    String second = newKey();
    store().putAll(Map.of(first, new byte[] {1, 2, 3}, second, new byte[0]));

    Map<String, byte[]> found = store().getAll(Set.of(first, second, newKey()));

    if (keeps()) {
      assertThat(found).containsOnlyKeys(first, second);
      assertThat(found.get(first)).containsExactly(1, 2, 3);
      assertThat(found.get(second)).isEmpty();
    } else {
      assertThat(found).isEmpty();
    }
  }

  @Test
  void putAll_sameKeyTwice_changesNothing() {
    String key = newKey();
    store().putAll(Map.of(key, new byte[] {7}));
    store().putAll(Map.of(key, new byte[] {7}));

    assertThat(store().getAll(Set.of(key)).values())
        .hasSize(keeps() ? 1 : 0)
        .allSatisfy(value -> assertThat(value).containsExactly(7));
  }

  @Test
  void getAll_callerChangesItsArrays_valuesStay() {
    String key = newKey();
    byte[] value = {1};
    store().putAll(Map.of(key, value));
    value[0] = 2;
    store().getAll(Set.of(key)).values().forEach(read -> read[0] = 3);

    assertThat(store().getAll(Set.of(key)).values())
        .hasSize(keeps() ? 1 : 0)
        .allSatisfy(read -> assertThat(read).containsExactly(1));
  }

  @Test
  void getAll_largeValue_comesBackWhole() {
    String key = newKey();
    byte[] value = new byte[300_000];
    value[299_999] = 5;
    store().putAll(Map.of(key, value));

    assertThat(store().getAll(Set.of(key)).values())
        .hasSize(keeps() ? 1 : 0)
        .allSatisfy(read -> assertThat(read).isEqualTo(value));
  }

  static String newKey() {
    return UUID.randomUUID().toString();
  }
}
