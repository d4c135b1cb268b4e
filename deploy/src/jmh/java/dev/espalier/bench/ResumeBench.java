package dev.espalier.bench;

import static dev.espalier.bench.Figures.print;

import dev.espalier.driver.journal.FolderDisk;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.run.SavedSearch;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.strategy.Generations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long a search takes to go on after it was broken off: the search of {@link EngineBench} with
 * journal and checkpoints, opened again from its folder, with its checkpoints and without any.
 *
 * <p>Arguments: number of evaluations, 100,000 by default.
 */
public final class ResumeBench {

  private static final int WINDOW = 8;
  private static final int ROUNDS = 5;

  private ResumeBench() {}

  /** Prints what lies on disk, and the median time of opening it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int evaluations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    var search = ChainSearch.of("metapruning", evaluations, WINDOW);
    try (ScratchFolder folder = ScratchFolder.create();
        NoWork pool = new NoWork()) {
      long start = System.nanoTime();
      ChainSearch.durable(search, folder.path(), pool);
      double seconds = (System.nanoTime() - start) / 1e9;
      print(
          "%d evaluations, each group of up to %d fsynced: %.0f/s, %d files",
          evaluations, WINDOW, evaluations / seconds, files(folder.path()).size());
      print("resumed with a checkpoint: %.2f s", median(folder.path(), search));
      for (Path file : files(folder.path())) {
        if (String.valueOf(file.getFileName()).startsWith("checkpoint")) {
          // The journal alone is the truth, but it must not lack what a checkpoint knows.
          Files.delete(file);
        }
      }
      print("resumed from the journal alone: %.2f s", median(folder.path(), search));
    }
  }

  private static double median(Path folder, Search<Generations> search) throws IOException {
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      try (FolderDisk disk = FolderDisk.of(folder)) {
        Journal.open(disk, ChainSearch.IDENTITY);
        new SavedSearch<>(search, disk, ChainSearch.codec()).restore(SearchListener.SILENT);
      }
      seconds[round] = (System.nanoTime() - start) / 1e9;
    }
    return Figures.median(seconds);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
