package io.longcast.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scoring of the Numenta Anomaly Benchmark (Lavin and Ahmad, ICMLA 2015), all its rules: rows
 * of the probation never count; the best alarm inside a window counts, every alarm outside does; a
 * window without an alarm costs; the sum over files is put on a scale where no alarm at all is 0
 * and a perfect detector 100.
 *
 * <p>{@code silence} keeps an alarm quiet for so many rows after the last one: 0 for the
 * benchmark's own rule. It belongs to the detector, not to the scorer, but an alarm's threshold
 * decides where it falls.
 *
 * @param profile the cost weights
 * @param silence rows without an alarm after an alarm, at least 0
 */
public record NabScorer(NabProfile profile, int silence) {
  private static final int SEARCHED = 600;

  /** A scorer with the benchmark's own rule. */
  public static NabScorer of(NabProfile profile) {
    return new NabScorer(profile, 0);
  }

  /**
   * A file with the scores of a detector.
   *
   * @param file rows and windows
   * @param scores one a row; an alarm is a score at or above the threshold
   */
  public record Scored(NabFile file, double[] scores) {
    public Scored {
      if (scores.length != file.rows()) {
        throw new IllegalArgumentException(
            "one score a row, rows = " + file.rows() + ", scores = " + scores.length);
      }
    }
  }

  /** A threshold with the normalised score it reaches. */
  public record Best(double threshold, double score) {}

  /** Raw score of one file at a threshold. */
  public double raw(Scored scored, double threshold) {
    return raw(scored, new double[] {threshold})[0];
  }

  /** Raw scores of one file at ascending thresholds, in one pass over the rows above the least. */
  public double[] raw(Scored scored, double[] thresholds) {
    NabFile file = scored.file();
    int[] rows = new int[file.rows()];
    int count = 0;
    for (int i = file.probation(); i < file.rows(); i++) {
      rows[count] = i;
      count += scored.scores()[i] >= thresholds[0] ? 1 : 0;
    }
    double[] raw = new double[thresholds.length];
    for (int t = 0; t < raw.length; t++) {
      int kept = 0;
      for (int k = 0; k < count; k++) {
        rows[kept] = rows[k];
        kept += scored.scores()[rows[k]] >= thresholds[t] ? 1 : 0;
      }
      count = kept;
      raw[t] = alarmed(file, rows, count);
    }
    return raw;
  }

  /** Raw score of a file where the first {@code count} of {@code rows} raise an alarm. */
  private double alarmed(NabFile file, int[] rows, int count) {
    double[] found = new double[file.windows().size()];
    double sum = 0;
    int quietUntil = -1;
    for (int k = 0; k < count; k++) {
      int i = rows[k];
      if (i > quietUntil) {
        quietUntil = i + silence;
        int window = file.windowOf(i);
        if (window < 0) {
          sum += profile.falsePositive() * file.outsideWorth(i);
        } else {
          found[window] = Math.max(found[window], file.insideWorth(i, window));
        }
      }
    }
    for (double worth : found) {
      sum += worth > 0 ? profile.truePositive() * worth : -profile.falseNegative();
    }
    return sum;
  }

  /** Rows that alarm at a threshold, with the silence after each. */
  public boolean[] alarms(Scored scored, double threshold) {
    boolean[] alarms = new boolean[scored.file().rows()];
    int quietUntil = -1;
    for (int i = scored.file().probation(); i < alarms.length; i++) {
      if (scored.scores()[i] >= threshold && i > quietUntil) {
        alarms[i] = true;
        quietUntil = i + silence;
      }
    }
    return alarms;
  }

  /** Normalised score of all files at one threshold; NaN if no file has a window. */
  public Metric score(List<Scored> files, double threshold) {
    double sum = files.stream().mapToDouble(file -> raw(file, threshold)).sum();
    return new Metric(profile.metric(), normalised(sum, windows(files)), windows(files));
  }

  private static long windows(List<Scored> files) {
    return files.stream().mapToLong(file -> file.file().windows().size()).sum();
  }

  /** Puts a sum of raw scores on the scale of 0 for no alarm at all and 100 for perfect. */
  public double normalised(double raw, long windows) {
    double none = -profile.falseNegative() * windows;
    return 100 * (raw - none) / (profile.truePositive() * windows - none);
  }

  /**
   * The oracle: the one threshold for all files that would have scored best on these labels.
   * Without silence every score that occurs is tried, in one sweep; with silence 600 of them,
   * evenly spaced in the logarithm of their rank from the top.
   */
  public Best oracle(List<Scored> files) {
    return silence == 0 ? sweep(files) : search(files);
  }

  private record Place(double score, double worth, int window) {}

  private Best sweep(List<Scored> files) {
    List<Place> places = places(files);
    double raw = -profile.falseNegative() * windows(files);
    double[] found = new double[(int) windows(files)];
    Best best = new Best(Double.POSITIVE_INFINITY, normalised(raw, windows(files)));
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (place.window() < 0) {
        raw += profile.falsePositive() * place.worth();
      } else if (place.worth() > found[place.window()]) {
        double had = found[place.window()];
        raw += profile.truePositive() * (place.worth() - had);
        raw += had == 0 ? profile.falseNegative() : 0;
        found[place.window()] = place.worth();
      }
      boolean last = i + 1 == places.size() || places.get(i + 1).score() < place.score();
      double score = normalised(raw, windows(files));
      if (last && score > best.score()) {
        best = new Best(place.score(), score);
      }
    }
    return best;
  }

  /** All scored rows of all files, highest score first. */
  private static List<Place> places(List<Scored> files) {
    List<Place> places = new ArrayList<>();
    int firstWindow = 0;
    for (Scored scored : files) {
      NabFile file = scored.file();
      for (int i = file.probation(); i < file.rows(); i++) {
        int window = file.windowOf(i);
        places.add(
            window < 0
                ? new Place(scored.scores()[i], file.outsideWorth(i), -1)
                : new Place(scored.scores()[i], file.insideWorth(i, window), firstWindow + window));
      }
      firstWindow += file.windows().size();
    }
    places.sort(Comparator.comparingDouble(Place::score).reversed());
    return places;
  }

  private Best search(List<Scored> files) {
    double[] sorted =
        files.stream()
            .flatMapToDouble(f -> Arrays.stream(f.scores()).skip(f.file().probation()))
            .sorted()
            .toArray();
    double[] thresholds =
        IntStream.range(0, SEARCHED)
            .map(k -> (int) Math.pow(sorted.length, 1 - k / (SEARCHED - 1.0)) - 1)
            .mapToDouble(above -> sorted[sorted.length - 1 - above])
            .toArray();
    double[] sum = new double[SEARCHED];
    for (Scored file : files) {
      double[] raw = raw(file, thresholds);
      for (int t = 0; t < SEARCHED; t++) {
        sum[t] += raw[t];
      }
    }
    Best best = new Best(Double.POSITIVE_INFINITY, 0);
    for (int t = 0; t < SEARCHED; t++) {
      double score = normalised(sum[t], windows(files));
      best = score > best.score() ? new Best(thresholds[t], score) : best;
    }
    return best;
  }
}
