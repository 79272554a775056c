package io.longcast.model.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Gate;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.network.Specs;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Transform;
import org.junit.jupiter.api.Test;

class ModelDefaultsTest {
  private static ModelSpec open() {
    ModelSpec plain = Specs.plain(Shape.MANY_TO_ONE, Cell.LSTM, 8);
    ScalingSpec scaling = plain.scaling();
    return new ModelSpec(
        plain.shape(),
        plain.cell(),
        8,
        1,
        0,
        0,
        0,
        new ScalingSpec(Transform.AUTO, scaling.level(), scaling.spread(), 20, true),
        plain.skip(),
        new Gate(-1),
        plain.convolution(),
        plain.statics(),
        plain.output(),
        plain.decoder(),
        plain.updater());
  }

  @Test
  void choosesTheRecipeForHourlyPositiveData() {
    DataProfile hourly = DataProfile.ofLongSeries(24, 48, true);
    assertThat(ModelDefaults.contextLength(hourly)).isEqualTo(336);
    ResolvedModel choice = ModelDefaults.close(open(), 336, hourly);
    assertThat(choice.model().isResolved()).isTrue();
    assertThat(choice.model().seasonalPeriod()).isEqualTo(24);
    assertThat(choice.model().patchLength()).isEqualTo(24);
    assertThat(choice.model().gate().seasons()).isEqualTo(14);
    assertThat(choice.model().scaling().transform()).isEqualTo(Transform.LOG);
    assertThat(choice.defaults())
        .extracting(ResolvedDefault::key)
        .containsExactly(
            "model.seasonalPeriod",
            "model.patchLength",
            "model.gate.seasons",
            "model.scaling.transform");
    assertThat(choice.defaults().get(3))
        .isEqualTo(
            new ResolvedDefault(
                "model.scaling.transform", "log", "all training values are positive"));
    assertThat(choice.defaults().get(1)).hasToString("model.patchLength = 24: one season");
  }

  @Test
  void choosesPatchesOfThreeWithoutASeason() {
    DataProfile weekly = DataProfile.ofLongSeries(1, 13, false);
    assertThat(ModelDefaults.contextLength(weekly)).isEqualTo(91);
    ModelSpec model = ModelDefaults.close(open(), 91, weekly).model();
    assertThat(model.patchLength()).isEqualTo(3);
    assertThat(model.gate().seasons()).isEqualTo(13);
    assertThat(model.scaling().transform()).isEqualTo(Transform.NONE);
  }

  @Test
  void givesUpASeasonThatTheContextDoesNotHoldTwiceAndSaysSo() {
    ResolvedModel choice = ModelDefaults.close(open(), 40, DataProfile.ofLongSeries(24, 4, true));
    assertThat(choice.model().seasonalPeriod()).isEqualTo(1);
    assertThat(choice.defaults().get(0).value()).isEqualTo("1");
    assertThat(choice.defaults().get(0).reason()).contains("does not hold two seasons");
  }

  @Test
  void leavesAloneWhatTheUserSet() {
    ModelSpec set = Specs.recipe(24, 64, Specs.LEVELS, true);
    ResolvedModel choice = ModelDefaults.close(set, 336, DataProfile.ofLongSeries(7, 48, false));
    assertThat(choice.model()).isEqualTo(set);
    assertThat(choice.defaults()).isEmpty();
  }

  @Test
  void shortensTheContextToWhatHalfOfTheSeriesHave() {
    DataProfile yearly = new DataProfile(1, 6, true, 14, 29);
    assertThat(ModelDefaults.contextLength(yearly)).isEqualTo(21);
    DataProfile quarterly = new DataProfile(4, 8, true, 16, 47);
    assertThat(ModelDefaults.contextLength(quarterly)).isEqualTo(36);
    DataProfile minutes = DataProfile.ofLongSeries(1440, 60, true);
    assertThat(ModelDefaults.contextLength(minutes)).isEqualTo(2880);
    DataProfile tiny = new DataProfile(12, 18, true, 5, 5);
    assertThat(ModelDefaults.contextLength(tiny)).isEqualTo(24);
  }

  @Test
  void trainsOnPaddedWindowsOnlyWhereSeriesAreShort() {
    assertThat(ModelDefaults.minContext(336, new DataProfile(24, 48, true, 652, 652)))
        .isEqualTo(336);
    assertThat(ModelDefaults.minContext(91, new DataProfile(1, 13, true, 80, 900))).isEqualTo(26);
    assertThat(ModelDefaults.minContext(21, new DataProfile(1, 6, true, 13, 29))).isEqualTo(7);
    assertThat(ModelDefaults.minContext(21, new DataProfile(1, 6, true, 3, 29))).isEqualTo(3);
  }

  @Test
  void countsLengthsExactlyWhileShortAndMergesThem() {
    SeriesLengths lengths = new SeriesLengths();
    for (int n = 1; n <= 100; n++) {
      lengths.merge(SeriesLengths.of(n)).merge(SeriesLengths.of(0));
    }
    assertThat(lengths.total()).isEqualTo(100);
    assertThat(lengths.quantile(.05)).isEqualTo(6);
    assertThat(lengths.quantile(1)).isEqualTo(100);
    assertThat(SeriesLengths.of(1000).quantile(.5)).isBetween(900, 1000);
    assertThat(new SeriesLengths().quantile(.5)).isZero();
  }
}
