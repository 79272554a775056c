package io.longcast.evaluate;

import java.io.Serializable;
import java.util.List;

/**
 * Counts of whole sequences (Hundman et al., KDD 2018): a labelled sequence that any predicted one
 * overlaps is one true positive, one without is a false negative; a predicted sequence that
 * overlaps no label is a false positive. Mergeable by adding.
 *
 * @param truePositives labels found
 * @param falsePositives predictions without a label
 * @param falseNegatives labels missed
 */
public record SequenceOverlap(long truePositives, long falsePositives, long falseNegatives)
    implements Serializable {

  /** Nothing counted yet. */
  public static final SequenceOverlap NONE = new SequenceOverlap(0, 0, 0);

  /** The counts of one series. */
  public static SequenceOverlap of(List<RowInterval> predicted, List<RowInterval> labelled) {
    long found = labelled.stream().filter(l -> predicted.stream().anyMatch(l::overlaps)).count();
    long wrong = predicted.stream().filter(p -> labelled.stream().noneMatch(p::overlaps)).count();
    return new SequenceOverlap(found, wrong, labelled.size() - found);
  }

  /** The sum of two counts. */
  public SequenceOverlap plus(SequenceOverlap other) {
    return new SequenceOverlap(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives);
  }

  /** {@code precision}, {@code recall}, {@code f1}, and the three counts. */
  public List<Metric> metrics() {
    long predicted = truePositives + falsePositives;
    long labelled = truePositives + falseNegatives;
    return List.of(
        Metric.mean("precision", truePositives, predicted),
        Metric.mean("recall", truePositives, labelled),
        Metric.mean("f1", 2.0 * truePositives, predicted + labelled),
        new Metric("true_positives", truePositives, Math.max(1, labelled)),
        new Metric("false_positives", falsePositives, Math.max(1, labelled)),
        new Metric("false_negatives", falseNegatives, Math.max(1, labelled)));
  }
}
