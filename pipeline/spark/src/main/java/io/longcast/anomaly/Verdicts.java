package io.longcast.anomaly;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What verdicts of operators do to the alarms of single series and channels. Each false alarm
 * halves the alarms that a channel may raise, each true alarm doubles them, within the bounds of
 * {@link VerdictSpec}: its surprisal has to exceed the threshold of its series by {@code ln 2} for
 * each halving, because a surprisal is {@code -ln} of a tail probability, and the budget of the
 * series shrinks by as much, so that the alarm rate controller does not make up for it.
 */
public final class Verdicts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double HALF = Math.log(2);

  /** Alarms that verdicts suppressed, among those that rules of operators did. */
  static final String SUPPRESSED = "verdicts (false_alarm)";

  /** No verdicts. */
  public static final Verdicts NONE = new Verdicts(List.of(), 0, 0);

  private final List<String> channels;
  private final TreeMap<String, int[]> halvings = new TreeMap<>();
  private long falseAlarms;
  private long trueAlarms;
  private final int maxHalvings;
  private final int maxDoublings;

  private Verdicts(List<String> channels, int maxHalvings, int maxDoublings) {
    this.channels = List.copyOf(channels);
    this.maxHalvings = maxHalvings;
    this.maxDoublings = maxDoublings;
  }

  /**
   * Verdicts on one series and channel.
   *
   * @param falseAlarms events that were judged false alarms
   * @param trueAlarms events that were judged true alarms
   */
  public record Count(String seriesId, String channel, long falseAlarms, long trueAlarms) {}

  /**
   * The verdicts for a model.
   *
   * @param channels of the model; verdicts on others do nothing
   */
  public static Verdicts of(VerdictSpec spec, List<String> channels, List<Count> counts) {
    Verdicts verdicts = new Verdicts(channels, spec.maxHalvings(), spec.maxDoublings());
    counts.forEach(verdicts::add);
    return verdicts;
  }

  private void add(Count count) {
    int channel = channels.indexOf(count.channel());
    if (channel < 0) {
      return;
    }
    falseAlarms += count.falseAlarms();
    trueAlarms += count.trueAlarms();
    long more = count.falseAlarms() - count.trueAlarms();
    halvings.computeIfAbsent(count.seriesId(), id -> new int[channels.size()])[channel] =
        (int) Math.max(-maxDoublings, Math.min(maxHalvings, more));
  }

  /**
   * What the surprisal of each channel has to exceed the threshold of its series by; 0 for none.
   */
  double[] offsets(String seriesId, int count) {
    double[] offsets = new double[count];
    int[] times = halvings.get(seriesId);
    for (int c = 0; times != null && c < count; c++) {
      offsets[c] = times[c] * HALF;
    }
    return offsets;
  }

  /** The share of its budget that is left to a series, whose channels have equal parts in it. */
  double budgetShare(String seriesId) {
    int[] times = halvings.get(seriesId);
    if (times == null) {
      return 1;
    }
    double sum = 0;
    for (int each : times) {
      sum += Math.scalb(1.0, -each);
    }
    return sum / times.length;
  }

  /** In words; empty without verdicts. */
  public List<String> lines() {
    if (halvings.isEmpty()) {
      return List.of();
    }
    Map<Integer, Integer> moved = new TreeMap<>();
    halvings
        .values()
        .forEach(
            times -> {
              for (int each : times) {
                if (each != 0) {
                  moved.merge(each, 1, Integer::sum);
                }
              }
            });
    List<String> effects = new ArrayList<>();
    moved.forEach((times, count) -> effects.add(effect(times, count)));
    return List.of(
        "verdicts on %,d series: %,d false alarms, %,d true alarms; %s"
            .formatted(
                halvings.size(),
                falseAlarms,
                trueAlarms,
                effects.isEmpty() ? "no threshold moved" : String.join(", ", effects)));
  }

  private static String effect(int times, int count) {
    return String.format(
        Locale.ROOT,
        "thresholds of %,d channels %s by %.2f (%s as many alarms)",
        count,
        times > 0 ? "raised" : "lowered",
        Math.abs(times) * HALF,
        times > 0 ? "1/" + (1 << times) : (1 << -times) + " times");
  }
}
