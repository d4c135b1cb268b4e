package dev.espalier.driver.cli.network;

import dev.espalier.driver.report.LayerView;
import dev.espalier.driver.report.text.Words;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.network.Network;
import dev.espalier.search.space.Gene;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An imported network as commands show it.
 *
 * @param name what jobs call it
 * @param images that it reads, channels x height x width
 * @param classes that it tells apart
 * @param mean of each channel, which a pixel of 0..1 is lessened by
 * @param std of each channel, which it is then divided by
 * @param macs multiply-accumulate operations for one image
 * @param parameters learned values
 * @param genes widths that a search can choose, by the layer that they are named after
 * @param provenance what is known of its file
 * @param layers with weights
 */
record NetworkView(
    String name,
    String images,
    int classes,
    List<Double> mean,
    List<Double> std,
    long macs,
    long parameters,
    List<String> genes,
    Map<String, String> provenance,
    List<LayerView> layers) {

  static NetworkView of(
      String name, Network network, ImageConvention pixels, Map<String, String> provenance) {
    Costs costs = WalkCosts.of(network, 1);
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    return new NetworkView(
        name,
        network.input().toString(),
        network.classes(),
        pixels.mean(),
        pixels.std(),
        costs.macs(),
        costs.parameters(),
        space.genes().stream().map(Gene::name).toList(),
        provenance,
        LayerView.of(space, space.widest()));
  }

  String text() {
    return "%s: images of %s, %d classes; %d layers with weights, %s MACs, %s parameters; %d widths to choose%nA pixel v of 0..255 goes in as (v / 255 - mean) / std, mean %s, std %s%n"
        .formatted(
            name,
            images,
            classes,
            layers.size(),
            Words.count(macs),
            Words.count(parameters),
            genes.size(),
            row(mean),
            row(std));
  }

  private static String row(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
