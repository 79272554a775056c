package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRateController;
import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.TailModel;
import io.longcast.anomaly.score.TailState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One pass over forecast series that counts one layer of a {@link ScoreCalibration}.
 *
 * @param detector the parts
 * @param channels of a series
 * @param parts tails of the parts, empty while they are being counted
 * @param tails of the channels, empty while they are being counted
 * @param sizes number of states that are counted
 * @param layer what is counted
 */
record CalibrationPass(
    DetectorSpec detector,
    int channels,
    List<TailModel> parts,
    List<TailModel> tails,
    int sizes,
    Layer layer)
    implements Serializable {
  private static final int APART = 24;

  /** Counts of a layer over series. */
  ArrayList<TailState> count(Iterator<ForecastSeries> series) {
    ArrayList<TailState> states = new ArrayList<>();
    for (int i = 0; i < sizes; i++) {
      states.add(new TailState());
    }
    ScoreTables tables = ScoreTables.of(parts, tails);
    series.forEachRemaining(each -> walk(each, tables, layer.open(states)));
    return states;
  }

  private void walk(ForecastSeries series, ScoreTables tables, Counter counter) {
    SeriesScorer scorer = new SeriesScorer(detector.parts(channels, series.from()), channels);
    RowReader reader = new RowReader(channels);
    for (int step = 0; step < series.to(); step++) {
      reader.next(series.segment(), series.expectations(), step, scorer, tables);
      if (step >= series.from()) {
        counter.take(scorer);
      }
    }
    counter.close();
  }

  /** Opens the counter of a series. */
  interface Layer extends Serializable {
    Counter open(List<TailState> states);
  }

  /** Takes the rows of one series. */
  interface Counter {
    void take(SeriesScorer scorer);

    default void close() {}
  }

  /**
   * The highest score of each event of each part, and all rows in a last state. An event of a part
   * ends where its peak was not passed for {@value #APART} rows: a fault of many rows counts once,
   * as the budget counts it, and weighs little where it hides among the training rows.
   */
  static Layer ofParts() {
    return PartPeaks::new;
  }

  private static final class PartPeaks implements Counter {
    private final List<TailState> states;
    private final double[] peaks;
    private final int[] since;

    PartPeaks(List<TailState> states) {
      this.states = states;
      peaks = new double[states.size() - 1];
      since = new int[states.size() - 1];
    }

    @Override
    public void take(SeriesScorer scorer) {
      for (int i = 0; i < peaks.length; i++) {
        double score = scorer.parts().score(i);
        if (score > peaks[i]) {
          peaks[i] = score;
          since[i] = 0;
        } else if (peaks[i] > 0 && ++since[i] >= APART) {
          states.get(i).add(peaks[i]);
          peaks[i] = score;
          since[i] = 0;
        }
      }
      states.get(peaks.length).add(0);
    }

    @Override
    public void close() {
      for (int i = 0; i < peaks.length; i++) {
        if (peaks[i] > 0) {
          states.get(i).add(peaks[i]);
        }
      }
    }
  }

  /** The surprisal of each channel. */
  static Layer ofChannels() {
    return states ->
        scorer -> {
          for (int c = 0; c < states.size(); c++) {
            states.get(c).add(scorer.surprisal(c));
          }
        };
  }

  /** The surprisal of the series. */
  static Layer ofSeries() {
    return states -> scorer -> states.get(0).add(scorer.surprisal());
  }

  /** The highest surprisal of each event. */
  static Layer ofPeaks(AlarmRule rule) {
    return states -> new Peaks(rule, states.get(0));
  }

  private static final class Peaks implements Counter {
    private final AlarmRateController control;
    private final TailState peaks;
    private long step;
    private double peak;

    Peaks(AlarmRule rule, TailState peaks) {
      control = new AlarmRateController(rule);
      this.peaks = peaks;
    }

    @Override
    public void take(SeriesScorer scorer) {
      Verdict verdict = control.next(step++, scorer.surprisal());
      if (verdict == Verdict.BEGINS) {
        close();
      }
      if (verdict.isAlarm()) {
        peak = Math.max(peak, scorer.surprisal());
      }
    }

    @Override
    public void close() {
      if (peak > 0) {
        peaks.add(peak);
      }
      peak = 0;
    }
  }
}
