package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.Trainable.LossSum;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import io.longcast.window.WindowBatch;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The moving mean of the parameters: by hand, over shards, over a resumed run. */
class MovingMeanTest {
  private static final List<Segment> SERIES = SegmentShards.segments(6, 1);
  private static final double DECAY = .9;

  private static Trainer trainer(TrainingSpec spec, TrainingProgress progress) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    return new Trainer(spark, SegmentShards.factory(), spec, progress);
  }

  private static TrainingData<Segment> data(TrainingSpec spec) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    return SegmentShards.data(spark, SERIES, spec.shards());
  }

  private static TrainingResult fit(TrainingSpec spec) {
    return trainer(spec, TrainingProgress.silent()).fit(data(spec));
  }

  private static TrainingSpec averaged(int shards, int frequency, int steps) {
    return TrainingSpecs.withWeightAverage(SegmentShards.spec(shards, frequency, steps), DECAY);
  }

  @Test
  void isTheMeanByHandAndLeavesTheStepsAlone() {
    TrainingSpec spec = averaged(1, 5, 60);
    ShardData data = SegmentShards.open(0, SERIES.iterator());
    LinearTrainable model = (LinearTrainable) SegmentShards.factory().open();
    model.initialize(spec.seed());
    float[] parameters = new float[model.parameterCount()];
    model.store(parameters, null);
    double[] mean = new double[parameters.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = parameters[i];
    }
    WindowBatch batch = data.newBatch(spec.batchSize());
    for (int step = 0; step < 60; step++) {
      data.fill(batch, step);
      model.step(batch, new StepSettings(step, spec.rate().at(step, 60, 1), 0));
      model.store(parameters, null);
      double decay = Math.min(DECAY, (1.0 + step) / (10.0 + step));
      for (int i = 0; i < mean.length; i++) {
        mean[i] = decay * mean[i] + (1 - decay) * parameters[i];
      }
    }

    TrainingResult result = fit(spec);

    for (int i = 0; i < mean.length; i++) {
      assertThat((double) result.parameters()[i]).isCloseTo(mean[i], within(1e-6));
    }
    TrainingResult plain = fit(SegmentShards.spec(1, 5, 60));
    assertThat(plain.parameters()).isEqualTo(parameters);
    assertThat(result.updaterState()).isEqualTo(plain.updaterState());
    assertThat(result.history().get(5).trainLoss()).isEqualTo(plain.history().get(5).trainLoss());
  }

  @Test
  void theValidationLossIsThatOfTheMean() {
    TrainingResult result = fit(averaged(1, 5, 40));

    ShardData data = SegmentShards.open(0, SERIES.iterator());
    LinearTrainable model = (LinearTrainable) SegmentShards.factory().open();
    model.load(result.parameters(), null);
    LossSum[] sum = {new LossSum(0, 0)};
    data.validation(data.newBatch(8), batch -> sum[0] = sum[0].plus(model.loss(batch)));
    assertThat(result.validationLoss()).isCloseTo(sum[0].mean(), within(1e-12));
  }

  @Test
  void stepsOfAConstantRateAreNoisierThanTheirMean() {
    RateSpec constant = new RateSpec(.2, RateSpec.Curve.CONSTANT, 0, 1, 1);
    TrainingSpec noisy = TrainingSpecs.change(SegmentShards.spec(1, 5, 400), constant);

    double last = fit(noisy).validationLoss();
    double mean = fit(TrainingSpecs.withWeightAverage(noisy, .98)).validationLoss();

    assertThat(mean).isLessThan(.8 * last);
  }

  @Test
  void aResumedRunHasTheSameMean(@TempDir Path folder) {
    TrainingSpec saved = TrainingSpecs.saving(averaged(2, 2, 40), folder, 3);
    TrainingProgress dying =
        (record, all) -> {
          if (record.round() == 11) {
            throw new IllegalStateException("the driver dies");
          }
        };

    assertThatThrownBy(() -> trainer(saved, dying).fit(data(saved))).hasMessage("the driver dies");
    TrainingResult resumed = trainer(saved, TrainingProgress.silent()).resume(data(saved));

    assertThat(resumed.parameters()).isEqualTo(fit(averaged(2, 2, 40)).parameters());
  }

  @Test
  void theBestMeanIsKept() {
    TrainingSpec best = TrainingSpecs.keepingBest(averaged(2, 5, 60), 0);

    TrainingResult result = fit(best);

    double lowest =
        result.history().stream().mapToDouble(RoundRecord::validationLoss).min().orElseThrow();
    assertThat(result.validationLoss()).isEqualTo(lowest);
  }

  @Test
  void refusesWhatCannotBeAveraged() {
    TrainingSpec kept =
        TrainingSpecs.change(
            SegmentShards.spec(2, 2, 10),
            new AveragingSpec(AveragingSpec.UpdaterState.KEPT, 0, 1, 0));
    assertThatThrownBy(() -> TrainingSpecs.withWeightAverage(kept, .9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("updaterState = averaged")
        .hasMessageContaining("key training.weightAverage");
    assertThatThrownBy(() -> TrainingSpecs.withWeightAverage(SegmentShards.spec(1, 1, 1), 1))
        .hasMessageContaining("weightAverage must be in [0, 1), found 1.0");
  }
}
