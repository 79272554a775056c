package io.longcast.anomaly.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.Robust;
import io.longcast.anomaly.score.RowScore;
import io.longcast.model.recurrent.Numerics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("longWithoutVector")
class ForecastedScoreTest {
  private static final int LEARNING = 500;
  private static final StreamForecasterSpec SPEC =
      new StreamForecasterSpec(1, 24, 600, 32, 8, 16, 5e-3, 250, 5, 800, 1);

  private static ForecastedScore.Settings settings(ComponentSpec.Kind kind, int width) {
    return new ForecastedScore.Settings(
        new DetectorSpec(
            List.of(new ComponentSpec(kind, width, 1)),
            4000,
            1e-6,
            0,
            List.of(),
            DetectorSpec.Scaling.ROBUST,
            true),
        SPEC);
  }

  /** A wave of 24 rows driven by noise, and a command that lifts it by 2 a row later. */
  private static double[][] rows(int count) {
    SplittableRandom random = new SplittableRandom(5);
    double[][] rows = new double[count][2];
    for (int i = 0; i < count; i++) {
      rows[i][1] = i % 37 < 6 ? 1 : 0;
      double lift = i > 0 && rows[i - 1][1] > 0 ? 2 : 0;
      rows[i][0] = Math.sin(2 * Math.PI * i / 24) + lift + 0.02 * random.nextGaussian();
    }
    return rows;
  }

  private static double[] scores(double[][] rows, RowScore score) {
    double[] scores = new double[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score.next(RowScore.NO_TIME, rows[i]);
    }
    return scores;
  }

  @Test
  void expectsAWaveAndWhatItsCommandDoesBetterThanTheLastValue() {
    double[][] rows = rows(900);
    StreamForecaster forecaster =
        new StreamForecaster(SPEC, new Robust[] {Robust.SAME, Robust.SAME});
    for (int i = 0; i < LEARNING; i++) {
      forecaster.observe(RowScore.NO_TIME, rows[i]);
    }
    forecaster.train();
    double ours = 0;
    double last = 0;
    double[] expected = new double[1];
    double[] spread = new double[1];
    for (int i = LEARNING; i < 900; i++) {
      if (i > LEARNING + 50) {
        ours += Math.abs(rows[i][0] - expected[0]);
        last += Math.abs(rows[i][0] - rows[i - 1][0]);
      }
      forecaster.next(RowScore.NO_TIME, rows[i], true, expected, spread);
      assertThat(spread[0]).isPositive();
    }
    assertThat(ours).isLessThan(0.75 * last);
  }

  @Test
  void learnsDownTheGradientOfItsLoss() {
    StreamForecasterSpec spec = new StreamForecasterSpec(1, 5, 1, 6, 2, 3, 1e-3, 0, 1, 60, 1);
    ResidualNetwork network = new ResidualNetwork(spec, 4, Numerics.plain());
    RowMemory memory = new RowMemory(4, 1, 60);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 40; i++) {
      float[] row = new float[4];
      for (int f = 0; f < 4; f++) {
        row[f] = (float) random.nextGaussian();
      }
      memory.add(row, new double[] {random.nextGaussian()});
    }
    int[] at = {0, 7, 20};
    float[] parameters = network.initial();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.1 * random.nextGaussian());
    }
    float[] gradient = network.gradient(parameters, memory, at).clone();
    for (int i = 0; i < parameters.length; i += 7) {
      float kept = parameters[i];
      parameters[i] = kept + 1e-2f;
      double above = network.loss(parameters, memory, at);
      parameters[i] = kept - 1e-2f;
      double below = network.loss(parameters, memory, at);
      parameters[i] = kept;
      assertThat((double) gradient[i]).isCloseTo((above - below) / 2e-2, within(2e-3));
    }
  }

  @Test
  @Tag("long")
  void seesNothingOfTheFutureAndFindsWhatTheForecasterDidNotExpect() {
    double[][] clean = rows(1200);
    double[][] poisoned = rows(1200);
    for (int i = 900; i < 1200; i++) {
      poisoned[i][0] += i % 2 == 0 ? 1.5 : -1.5;
    }
    ForecastedScore.Settings settings = settings(ComponentSpec.Kind.RESIDUAL, 12);
    double[] before = scores(clean, settings.start(2, LEARNING));
    double[] after = scores(poisoned, settings.start(2, LEARNING));
    assertThat(Arrays.copyOf(after, 900)).isEqualTo(Arrays.copyOf(before, 900));
    double usual = Arrays.stream(after, LEARNING + 50, 900).max().orElseThrow();
    double most = Arrays.stream(after, 900, 1200).max().orElseThrow();
    assertThat(most).isGreaterThan(1.5 * usual);
  }

  @Test
  void goesOnAfterARestartToTheBit() throws Exception {
    double[][] rows = rows(1100);
    ForecastedScore.Settings settings = settings(ComponentSpec.Kind.COMPRESSED_RESIDUAL, 12);
    double[] whole = scores(rows, settings.start(2, LEARNING));
    RowScore score = settings.start(2, LEARNING);
    double[] resumed = new double[1100];
    for (int i = 0; i < 1100; i++) {
      resumed[i] = score.next(RowScore.NO_TIME, rows[i]);
      if (i == 100 || i == 700) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(score);
        }
        try (ObjectInputStream in =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          score = (RowScore) in.readObject();
        }
      }
    }
    assertThat(resumed).isEqualTo(whole);
  }

  @Test
  void rejectsWindowsShorterThanTheirBurnIn() {
    assertThatThrownBy(() -> new StreamForecasterSpec(1, 8, 1, 8, 8, 1, 1e-3, 0, 1, 100, 1))
        .hasMessage("windowRows must be >= 9, found 8");
  }
}
