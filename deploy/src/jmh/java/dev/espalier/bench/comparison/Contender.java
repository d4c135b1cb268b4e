package dev.espalier.bench.comparison;

import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.cell.CellSpace;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.stream.IntStream;

/** A way to a network. */
sealed interface Contender {

  /** What the table calls it. */
  String name();

  /**
   * Its network with about so many weights.
   *
   * @param search finds architectures
   */
  Proposal propose(CellSearch search, long weights, long seed);

  /**
   * A network to be trained.
   *
   * @param architecture the choices in words; empty for a network of the zoo
   */
  record Proposal(String architecture, Network network) {

    /** Cells on the backbone whose width gives about so many weights. */
    private static Proposal ofCells(String genotype, CellArchitectures searched, long weights) {
      return new Proposal(
          genotype,
          Sizes.nearest(
              channels -> wide(searched, channels).parse(genotype).network(),
              IntStream.rangeClosed(2, 64),
              weights));
    }

    private static ArchitectureSpace wide(CellArchitectures searched, int channels) {
      Backbone backbone = searched.backbone();
      return new CellArchitectures(
          searched.space(),
          new Backbone(backbone.cells(), channels, backbone.image(), backbone.classes()));
    }
  }

  /**
   * Cells found by gradient descent.
   *
   * @param kept share of the weights that the search is for; all for DARTS
   */
  record Found(String name, double kept) implements Contender {

    @Override
    public Proposal propose(CellSearch search, long weights, long seed) {
      return Proposal.ofCells(search.find(kept, seed), search.space(), weights);
    }
  }

  /** Cells drawn at random. */
  record RandomCells(String name) implements Contender {

    @Override
    public Proposal propose(CellSearch search, long weights, long seed) {
      CellSpace cells = search.space().space();
      String drawn = cells.random(new RandomStreams(seed).stream("random cells", 0)).toString();
      return Proposal.ofCells(drawn, search.space(), weights);
    }
  }

  /** A network of the zoo, all of its widths at one ratio. */
  record Known(String name) implements Contender {

    private static final RatioGrid PERCENTS = new RatioGrid(1, 1, 100, 1);

    @Override
    public Proposal propose(CellSearch search, long weights, long seed) {
      Shape image = search.space().backbone().image();
      Network full = Zoo.network(name, image, search.space().backbone().classes());
      SearchSpace space = SearchSpace.of(full, PERCENTS);
      return new Proposal(
          "",
          Sizes.nearest(
              i -> space.apply(space.uniform(i)), IntStream.range(0, PERCENTS.count()), weights));
    }
  }
}
