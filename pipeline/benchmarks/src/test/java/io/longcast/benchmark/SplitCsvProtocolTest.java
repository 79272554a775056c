package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.baseline.Baseline;
import io.longcast.model.baseline.LinearMapBaseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCsvProtocolTest {
  private static final int TRAIN = 40;
  private static final int VALIDATION = 20;
  private static final int TEST = 30;

  @TempDir Path folder;

  @BeforeEach
  void writesATable() throws IOException {
    StringBuilder rows = new StringBuilder("date,a,b\n");
    for (int t = 0; t < TRAIN + VALIDATION + TEST; t++) {
      rows.append("d").append(t).append(',').append(t).append(',').append(t % 5).append('\n');
    }
    Files.writeString(folder.resolve("table.csv"), rows);
  }

  private List<ForecastRun.Place> places(boolean validation) {
    SplitCsvSpec spec =
        new SplitCsvSpec(
            "table.csv",
            "b",
            List.of(SplitCsvSpec.Variant.MULTIVARIATE),
            List.of(4),
            5,
            TRAIN,
            VALIDATION,
            TEST,
            0,
            List.<LinearMapBaseline>of(),
            new BaselinesSpec(List.of(Baseline.NAIVE), 10));
    return new SplitCsvProtocol(spec, folder, validation).tasks().get(0).places();
  }

  @Test
  void judgesEveryWindowOfTheTestRows() {
    List<ForecastRun.Place> test = places(false);
    assertThat(test).hasSize(2 * (TEST - 4 + 1));
    assertThat(test.get(0).origin()).isEqualTo(TRAIN + VALIDATION);
  }

  @Test
  void judgesTheValidationRowsAndHoldsNoTestRow() {
    List<ForecastRun.Place> validation = places(true);
    assertThat(validation).hasSize(2 * (VALIDATION - 4 + 1));
    assertThat(validation.get(0).origin()).isEqualTo(TRAIN);
    assertThat(validation)
        .allSatisfy(place -> assertThat(place.segment().length()).isEqualTo(TRAIN + VALIDATION));
  }
}
