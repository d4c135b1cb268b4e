package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.report.StructureView;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.ChannelGroup;
import dev.espalier.search.space.Gene;
import java.util.List;

/**
 * What a job would be, before it runs.
 *
 * @param network name of the network
 * @param data name of the data set
 * @param images numbers of images of its splits
 * @param widest the unpruned structure
 * @param narrowest the smallest structure
 * @param groups channel groups that may be pruned
 * @param fixed channel groups that keep their width
 * @param structures decimal logarithm of the number of structures of the space
 * @param constraints what each structure must meet, in absolute numbers
 * @param trained whether its PruningNet is there already
 * @param time roughly how long it takes
 */
public record JobCheck(
    String network,
    String data,
    Sizes images,
    StructureView widest,
    StructureView narrowest,
    List<String> groups,
    List<String> fixed,
    double structures,
    List<String> constraints,
    boolean trained,
    TimeEstimate time) {

  /**
   * Numbers of images.
   *
   * @param train train the PruningNet and recalibrate
   * @param selection choose structures
   * @param confirmation confirm them
   * @param test measure what is published
   */
  public record Sizes(int train, int selection, int confirmation, int test) {}

  static JobCheck of(JobPlan plan, Images images, boolean trained) {
    Costs full = plan.full();
    List<String> free =
        plan.space().genes().stream().limit(plan.space().widthGenes()).map(Gene::name).toList();
    return new JobCheck(
        plan.space().network().name(),
        plan.data().name(),
        new Sizes(
            images.size(Split.TRAIN),
            images.size(Split.SELECTION),
            images.size(Split.CONFIRMATION),
            images.size(Split.TEST)),
        StructureView.of(plan.space().widest(), full, full),
        StructureView.of(
            plan.space().narrowest(), plan.costs().costs(plan.space().narrowest()), full),
        free,
        plan.space().groups().stream()
            .map(ChannelGroup::name)
            .filter(name -> !free.contains(name))
            .toList(),
        plan.space().genes().stream().mapToDouble(gene -> Math.log10(gene.choices())).sum(),
        plan.constraints().all().stream().map(Object::toString).toList(),
        trained,
        TimeEstimate.of(plan, images, trained));
  }
}
