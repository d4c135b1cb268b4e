package dev.espalier.bench;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How fast structures are drawn and applied; both stand on the path of every proposal. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
public class SpaceBench {

  private final SearchSpace space = SearchSpace.of(chain(50), RatioGrid.METAPRUNING);
  private final RandomGenerator random = new RandomStreams(1).stream("bench", 0);

  /** Structures of 50 genes drawn per second. */
  @Benchmark
  public Structure draw() {
    return space.random(random);
  }

  /** Pruned networks of 50 genes built per second. */
  @Benchmark
  public Network apply() {
    return space.apply(space.random(random));
  }

  private static Network chain(int layers) {
    NetworkBuilder builder = new NetworkBuilder("chain" + layers, new Shape(3, 32, 32));
    int node = 0;
    for (int i = 0; i < layers; i++) {
      node = builder.conv("conv" + i, node, 64, 3, 1);
      node = builder.activation("relu" + i, node, Layer.Activation.Function.RELU);
    }
    node = builder.add("pool", new Layer.GlobalAveragePool(), java.util.List.of(node));
    builder.linear("classes", node, 10);
    return builder.build();
  }
}
