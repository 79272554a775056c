package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VacuumFlowTest {
  private static final List<String> MONTHS =
      List.of(
          "model_id=a/date=2024-01-01",
          "model_id=a/date=2024-02-01",
          "model_id=b/date=2024-02-01",
          "model_id=b/date=2024-03-01",
          "model_id=b/date=2024-04-01",
          "model_id=b/date=__HIVE_DEFAULT_PARTITION__");

  /** The newest begins on 1 April; 31 days before lies 1 March, up to which February reaches. */
  @Test
  void namesThePartitionsThatEndBeforeTheCutoff() {
    assertThat(VacuumFlow.old(MONTHS, 31)).containsExactlyElementsOf(MONTHS.subList(0, 3));
    assertThat(VacuumFlow.old(MONTHS, 32)).containsExactly("model_id=a/date=2024-01-01");
    assertThat(VacuumFlow.old(MONTHS, 365)).isEmpty();
  }

  @Test
  void keepsTheOnlyPeriod() {
    assertThat(VacuumFlow.old(MONTHS.subList(0, 1), 0)).isEmpty();
    assertThat(VacuumFlow.old(List.of(), 1)).isEmpty();
  }
}
