package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against values of TSB-AD 1.5 ({@code basic_metricor().RangeAUC_volume_opt(labels, scores, L)} and
 * {@code find_length_rank}) on the same numbers.
 */
class VolumeUnderSurfaceTest {
  private static final int ROWS = 1000;

  private static boolean[] labels(int rows, String runs) {
    boolean[] labels = new boolean[rows];
    for (String run : runs.split(" ")) {
      String[] ends = run.split("-");
      Arrays.fill(labels, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1, true);
    }
    return labels;
  }

  /** A linear congruential generator, the same in the script that called the reference. */
  private static double[] random(int rows) {
    double[] values = new double[rows];
    long state = 12_345;
    for (int i = 0; i < rows; i++) {
      state = (1_103_515_245L * state + 12_345) % (1L << 31);
      values[i] = state / (double) (1L << 31);
    }
    return values;
  }

  /** Random scores that rise in the labelled runs, a little before them and a little after. */
  private static double[] good(String runs) {
    double[] scores = random(ROWS);
    for (String run : runs.split(" ")) {
      String[] ends = run.split("-");
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[1]);
      raise(scores, first, last + 1, .6);
      raise(scores, first - 4, first, .3);
      raise(scores, last + 1, last + 8, .25);
    }
    return scores;
  }

  private static void raise(double[] scores, int from, int to, double by) {
    for (int row = Math.max(0, from); row < Math.min(ROWS, to); row++) {
      scores[row] += by;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400-420, 50, 0.8421137508427698",
    "400-420, 0, 0.6806682903221464",
    "400-420, 7, 0.7326468036062349",
    "400-420, 125, 0.877951261976851",
    "200-230 700-709, 50, 0.8195777255771812",
    "200-230 700-709, 7, 0.7134199914663149",
    "100-120 130-140 600-600, 50, 0.8821144000238649",
    "100-120 130-140 600-600, 0, 0.5939058880237766",
    "100-120 130-140 600-600, 125, 0.9358388366959076",
    "0-5 990-999, 50, 0.8388042008627223",
    "1-3 997-998, 125, 0.8567816474940331",
  })
  void agreesWithTheReference(String runs, int widest, double expected) {
    double volume =
        new VolumeUnderSurface(widest).precisionRecall(good(runs), labels(ROWS, runs)).value();
    assertThat(volume).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "400-420, 0.7722220616728819",
    "200-230 700-709, 0.7296204615972809",
    "100-120 130-140 600-600, 0.7509478674305077",
    "0-5 990-999, 0.7939166325700808",
    "1-3 997-998, 0.6516276165537509",
  })
  void agreesWithTheReferenceOnTies(String runs, double expected) {
    double[] rounded = Arrays.stream(good(runs)).map(s -> Math.floor(s * 8) / 8).toArray();
    double volume = new VolumeUnderSurface(20).precisionRecall(rounded, labels(ROWS, runs)).value();
    assertThat(volume).isCloseTo(expected, within(1e-12));
  }

  @Test
  void agreesWithTheReferenceOnChance() {
    VolumeUnderSurface surface = new VolumeUnderSurface(50);
    boolean[] labels = labels(ROWS, "100-120 130-140 600-600");
    assertThat(surface.precisionRecall(random(ROWS), labels).value())
        .isCloseTo(0.1320480167007729, within(1e-12));
    assertThat(surface.precisionRecall(new double[ROWS], labels(ROWS, "400-420")).value())
        .isCloseTo(0.04192030994077555, within(1e-12));
    assertThat(
            new VolumeUnderSurface(10).precisionRecall(random(120), labels(120, "50-59")).value())
        .isCloseTo(0.1129711023529906, within(1e-12));
  }

  @Test
  void takesTheWidthFromThePeriodAsTheReferenceDoes() {
    double[] wave = random(3000);
    double[] longWave = random(3000);
    for (int i = 0; i < wave.length; i++) {
      wave[i] += 2 * Math.sin(2 * Math.PI * i / 48);
      longWave[i] += 2 * Math.sin(2 * Math.PI * i / 360);
    }
    assertThat(VolumeUnderSurface.ofSeries(wave).widest()).isEqualTo(48);
    assertThat(VolumeUnderSurface.ofSeries(longWave).widest()).isEqualTo(125);
    assertThat(VolumeUnderSurface.ofSeries(new double[100]).widest()).isEqualTo(125);
  }
}
