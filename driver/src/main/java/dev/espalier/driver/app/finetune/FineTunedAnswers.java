package dev.espalier.driver.app.finetune;

import dev.espalier.driver.report.ComparedView;
import dev.espalier.driver.report.FineTunedReport;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.search.report.Difference;
import java.util.List;

/**
 * A fine-tuned structure as it is kept in its job's folder: what is shown of it, and what it takes
 * to compare it with others image by image.
 *
 * @param shown its scores
 * @param confirmation its answers about the confirmation images, as {@link Answers#text}
 * @param test its answers about the test images
 */
record FineTunedAnswers(FineTunedView shown, String confirmation, String test) {

  /** The first of them compared with each of the others. */
  static FineTunedReport report(List<FineTunedAnswers> done) {
    return FineTunedReport.of(
        done.stream().map(FineTunedAnswers::shown).toList(),
        done.stream().skip(1).map(other -> done.get(0).against(other)).toList());
  }

  /** How much more accurate this structure is than another, over the same images. */
  ComparedView against(FineTunedAnswers other) {
    Difference.Pairs confirmed = pairs(confirmation, other.confirmation);
    Difference.Pairs tested = pairs(test, other.test);
    return new ComparedView(
        shown.structure().id(),
        other.shown.structure().id(),
        Difference.paired(confirmed),
        Difference.paired(tested),
        Difference.paired(confirmed.plus(tested)));
  }

  private static Difference.Pairs pairs(String mine, String others) {
    return Answers.parse(mine).against(Answers.parse(others));
  }
}
