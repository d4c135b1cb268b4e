package dev.espalier.pruningnet.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.TestImages;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchSourceTest {

  private static final Shape SHAPE = new Shape(3, 6, 5);
  private static final int BYTES = 90;
  private static final RandomStreams STREAMS = new RandomStreams(11);
  private static final int[] INDICES = IntStream.range(10, 45).toArray();

  @TempDir Path folder;
  private PackedDataset data;

  @BeforeEach
  void makeDataset() {
    data =
        TestImages.dataset(
            folder.resolve("t.esp-data"), SHAPE, new int[] {20, 30}, new int[] {1, 1});
  }

  @Test
  void sequential_givesTheImagesInOrder() {
    int[] indices = {4, 51, 0, 33, 7};
    BatchSource source = BatchSource.sequential(data, indices, 2);
    Batch batch = source.newBatch();

    assertThat(source.batches()).isEqualTo(3);
    assertThat(source.images()).isEqualTo(5);
    for (int index = 0; index < 3; index++) {
      source.fill(index, batch);
      assertThat(batch.size()).isEqualTo(index < 2 ? 2 : 1);
      for (int i = 0; i < batch.size(); i++) {
        int number = indices[2 * index + i];
        assertThat(batch.labels()[i]).isEqualTo(data.label(number));
        assertThat(part(batch, i)).isEqualTo(image(number));
      }
    }
  }

  @Test
  void epoch_withoutAugmentation_givesEveryImageOnceInAnotherOrderEachEpoch() {
    List<Integer> first = numbers(epoch(Augmentation.NONE, 0));
    List<Integer> second = numbers(epoch(Augmentation.NONE, 1));

    assertThat(first).containsExactlyInAnyOrderElementsOf(Arrays.stream(INDICES).boxed().toList());
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    assertThat(numbers(epoch(Augmentation.NONE, 0))).isEqualTo(first);
  }

  @Test
  void epoch_augmented_equalsTheReferenceByPositionAndEpoch() {
    List<Integer> order = numbers(epoch(Augmentation.NONE, 3));
    BatchSource source = epoch(Augmentation.STANDARD, 3);
    Batch batch = source.newBatch();
    for (int index = source.batches() - 1; index >= 0; index--) {
      source.fill(index, batch);
      for (int i = 0; i < batch.size(); i++) {
        int position = index * 8 + i;
        byte[] expected = new byte[BYTES];
        Augmentation.STANDARD.apply(
            image(order.get(position)),
            SHAPE,
            expected,
            0,
            STREAMS.part("epoch-3").stream("augment", position));
        assertThat(part(batch, i)).isEqualTo(expected);
        assertThat(batch.labels()[i]).isEqualTo(data.label(order.get(position)));
      }
    }
  }

  @Test
  void fill_bySeveralThreads_givesTheSameBytes() throws Exception {
    BatchSource source = epoch(Augmentation.STANDARD, 0);
    List<byte[]> expected = new ArrayList<>();
    for (int index = 0; index < source.batches(); index++) {
      expected.add(filled(source, index));
    }
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<byte[]>> tasks = new ArrayList<>();
      for (int task = 0; task < 200; task++) {
        int index = task % source.batches();
        tasks.add(() -> filled(source, index));
      }
      List<Future<byte[]>> results = threads.invokeAll(tasks);
      for (int task = 0; task < results.size(); task++) {
        assertThat(results.get(task).get()).isEqualTo(expected.get(task % source.batches()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void fill_outside_isRefused() {
    BatchSource source = epoch(Augmentation.NONE, 0);
    assertThatThrownBy(() -> source.fill(5, source.newBatch()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void sequential_nothingToRead_isRefused() {
    assertThatThrownBy(() -> BatchSource.sequential(data, new int[0], 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchSource.sequential(data, INDICES, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BatchSource epoch(Augmentation augmentation, int epoch) {
    return BatchSource.epoch(data, INDICES, 8, augmentation, STREAMS, epoch);
  }

  /** Which image each position shows, found by comparing bytes. */
  private List<Integer> numbers(BatchSource source) {
    List<Integer> numbers = new ArrayList<>();
    Batch batch = source.newBatch();
    for (int index = 0; index < source.batches(); index++) {
      source.fill(index, batch);
      for (int i = 0; i < batch.size(); i++) {
        byte[] part = part(batch, i);
        numbers.add(
            IntStream.range(0, data.size())
                .filter(number -> Arrays.equals(image(number), part))
                .findFirst()
                .orElseThrow());
      }
    }
    return numbers;
  }

  private static byte[] filled(BatchSource source, int index) {
    Batch batch = source.newBatch();
    source.fill(index, batch);
    return Arrays.copyOf(batch.images(), batch.size() * BYTES);
  }

  private static byte[] part(Batch batch, int i) {
    return Arrays.copyOfRange(batch.images(), i * BYTES, (i + 1) * BYTES);
  }

  private byte[] image(int number) {
    byte[] image = new byte[BYTES];
    data.copy(number, image, 0);
    return image;
  }
}
