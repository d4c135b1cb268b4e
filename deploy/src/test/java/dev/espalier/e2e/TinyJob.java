package dev.espalier.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest job that goes through every stage. */
final class TinyJob {

  static final String TEXT =
      """
      network: {name: resnet20}
      data: {name: shapes-32, splits: {train: 640, selection: 200, confirmation: 200}}
      pruningNet: {hidden: 4, epochs: 3, batch: 64, learningRate: 0.05, sandwich: 0}
      space: {smallest: 50, step: 10}
      search:
        budget: 24
        window: 4
        metapruning: {population: 8, parents: 3, mutations: 4, crossovers: 2}
      constraints: [{metric: macs, max: 50%}]
      evaluation:
        recalibrationImages: 64
        shard: 100
        batch: 50  # measured, it could differ between two jobs that are to be compared
        master: local[2,4]
      confirmation: {top: 2, random: 6}
      output: {name: tiny}
      """;

  private TinyJob() {}

  /**
   * The same job over cells that it finds first.
   *
   * @param differentiable how it finds them, beside what is the same for all
   */
  static String ofCells(String differentiable) {
    return TEXT.replace(
        "network: {name: resnet20}",
        """
        network:
          name: cells
          cells: {count: 3, channels: 4, nodes: 2, operations: [none, skip_connect, max_pool_3x3, sep_conv_3x3]}
          differentiable: {batch: 16, kept: 20, %s}"""
            .formatted(differentiable));
  }

  static Path in(Path folder) throws IOException {
    return in(folder, TEXT);
  }

  static Path in(Path folder, String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "job", ".yaml"), text);
  }
}
