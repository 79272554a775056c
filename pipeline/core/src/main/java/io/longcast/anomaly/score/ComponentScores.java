package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * All components of a detector along one series, streaming: each row updates them, then the score
 * of every component for that row can be read, by channel, each in its own unit (1 is rare for
 * any). The state has constant size, is serializable, and is restored exactly. After the learning
 * rows nothing is allocated.
 *
 * <p>The learning rows are kept until they end; then the robust scale of each channel is fitted and
 * they are run through the parts. Scores are 0 until then, where a value is missing, and where a
 * residual part has no forecast. Not thread-safe.
 */
public final class ComponentScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int channels;
  private final int parts;
  private final int learningRows;
  private final Signal[] signals;
  private final DelayedZ[] judges;
  private final double[] units;
  private final boolean[] twoSided;
  private final DriftDistance[] joint;
  private final boolean robust;
  private final boolean replay;
  private final double[] scores;
  private final double[] settled;
  private final int[] settledRows;
  private final boolean[] taught;
  private final ComponentSpec.Kind[] kinds;
  private boolean replaying;
  private final double[] none;
  private final Sample sample = new Sample();
  private LearningRows learning;
  private Robust[] scales;

  ComponentScores(DetectorSpec spec, int channels, int learningRows) {
    this.channels = channels;
    this.learningRows = Math.max(1, learningRows);
    replay = spec.replay();
    robust = spec.scaling() == DetectorSpec.Scaling.ROBUST;
    parts = spec.channels().size();
    signals = new Signal[channels * parts];
    judges = new DelayedZ[channels * parts];
    units = new double[parts];
    twoSided = new boolean[parts];
    kinds = new ComponentSpec.Kind[parts];
    taught = new boolean[parts];
    settled = new double[channels * parts];
    settledRows = new int[channels * parts];
    for (int p = 0; p < parts; p++) {
      ComponentSpec part = spec.channels().get(p);
      units[p] = part.unit();
      twoSided[p] = part.isTwoSided();
      kinds[p] = part.kind();
      for (int c = 0; c < channels; c++) {
        signals[c * parts + p] = part.signal(channels);
        judges[c * parts + p] =
            part.width() == 0
                ? null
                : new DelayedZ(part.width(), spec.halfLife(), spec.floor(), spec.clip());
      }
    }
    List<DriftDistance.Settings> drift = spec.drift();
    joint =
        drift.stream()
            .map(d -> new DriftDistance(d, channels, learningRows))
            .toArray(DriftDistance[]::new);
    scores = new double[channels * parts + joint.length];
    none = new double[channels];
    Arrays.fill(none, Double.NaN);
    learning = new LearningRows(channels, this.learningRows);
  }

  /** Takes a row without a forecast; see the other one. */
  public void next(long micros, double[] values) {
    next(micros, values, none, none);
  }

  /**
   * Takes the next row.
   *
   * @param micros microseconds since the epoch, or {@link RowScore#NO_TIME}
   * @param values one a channel, not a number where missing; none of the arrays is kept
   * @param expected what a forecaster expected, one a channel, not a number without a forecast
   * @param spread the scale it predicted, one a channel
   */
  public void next(long micros, double[] values, double[] expected, double[] spread) {
    for (int j = 0; j < joint.length; j++) {
      scores[channels * parts + j] = joint[j].next(micros, values);
    }
    if (scales != null) {
      judge(micros, values, expected, spread);
    } else if (learning.add(micros, values, expected, spread)) {
      scales = robust ? learning.scales() : plain();
      teach();
      if (replay) {
        replaying = true;
        learning.replay(this::judge);
        replaying = false;
      }
      learning = null;
      Arrays.fill(scores, 0, channels * parts, 0);
    }
  }

  /** Whether some part still learns from the rows to come, other than by what fades. */
  public boolean isLearning() {
    return learning != null || Arrays.stream(signals).anyMatch(Signal::isLearning);
  }

  /** Lets the parts learn that do not take the learning rows one by one. */
  private void teach() {
    for (int c = 0; c < channels; c++) {
      double[] column = learning.column(c);
      for (int p = 0; p < parts; p++) {
        taught[p] = signals[c * parts + p].learn(column);
      }
    }
  }

  private Robust[] plain() {
    Robust[] same = new Robust[channels];
    Arrays.fill(same, Robust.SAME);
    return same;
  }

  private void judge(long micros, double[] values, double[] expected, double[] spread) {
    for (int c = 0; c < channels; c++) {
      sample.set(micros, values[c], expected[c], spread[c], scales[c]);
      for (int p = 0; p < parts; p++) {
        if (!(replaying && taught[p])) {
          judge(c * parts + p, p);
        }
      }
    }
  }

  private void judge(int at, int part) {
    Signal signal = signals[at];
    scores[at] = 0;
    if (sample.isMissing() && !signal.takesMissing()) {
      return;
    }
    double now = signal.next(sample);
    if (!Double.isNaN(now)) {
      double z = judges[at] == null ? now : judges[at].next(now);
      scores[at] = Math.max(0, twoSided[part] ? Math.abs(z) : z) / units[part];
    }
    settledRows[at] = signal.settledRows();
    if (settledRows[at] > 0) {
      settled[at] = Math.max(0, signal.settled()) / units[part];
    }
  }

  /** Whether the learning rows are over. */
  public boolean isReady() {
    return scales != null;
  }

  /** Scores of a row: for each channel each part, then each distance of all channels together. */
  public int size() {
    return scores.length;
  }

  /** Score of the last row, at least 0, in the part's unit. */
  public double score(int index) {
    return scores[index];
  }

  /**
   * Rows between the last one and the one that {@link #settled} is of; 0 for a score that is final
   * at once.
   */
  public int settledRows(int index) {
    return channel(index) < 0 ? 0 : settledRows[index];
  }

  /** Score of an earlier row by the rows around it, in the part's unit. */
  public double settled(int index) {
    return settled[index];
  }

  /** What spoke in a score of one channel at the last row; null for a distance of all channels. */
  public ComponentSpec.Kind kind(int index) {
    return channel(index) < 0 ? null : signals[index].leading(kinds[part(index)]);
  }

  /** Place of a channel's part. */
  public int index(int channel, int part) {
    return channel * parts + part;
  }

  /** The channel of a score, or -1 if it is of all channels together. */
  public int channel(int index) {
    return index < channels * parts ? index / parts : -1;
  }

  /** The part of a score in the settings: among the parts, or among the distances. */
  public int part(int index) {
    return index < channels * parts ? index % parts : index - channels * parts;
  }

  /**
   * The shares of the channels in a distance of all channels together at the last row, which add up
   * to 1; of a channel's own part, 1 and 0.
   *
   * @param shares filled, one a channel
   */
  public void shares(int index, double[] shares) {
    Arrays.fill(shares, 0);
    if (channel(index) >= 0) {
      shares[channel(index)] = 1;
    } else {
      joint[part(index)].shares(shares);
    }
  }

  /** The largest score of the last row. */
  public double largest() {
    double most = 0;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    return most;
  }

  /** Rows that scores learn from, at least 1. */
  public int learningRows() {
    return learningRows;
  }

  /** The state, for saving and restoring: of parts of the same settings, channels and rows. */
  public void fields(StateFields fields) {
    if (fields.flag(scales != null)) {
      learning = null;
      scales = scales == null ? plain() : scales;
      for (int c = 0; c < channels; c++) {
        scales[c] = Robust.field(fields, scales[c]);
      }
    } else {
      learning.fields(fields);
    }
    for (int i = 0; i < signals.length; i++) {
      signals[i].fields(fields);
      if (judges[i] != null) {
        judges[i].fields(fields);
      }
    }
    for (DriftDistance distance : joint) {
      distance.fields(fields);
    }
    fields.reals(scores);
    fields.reals(settled);
    fields.counts(settledRows, Integer.MAX_VALUE);
  }
}
