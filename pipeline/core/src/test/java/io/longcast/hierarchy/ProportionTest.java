package io.longcast.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {

  @Test
  void dividesATotalInProportion() {
    Proportion share = Proportion.of(40, 40, 2, 60);
    assertThat(share.of(10)).isEqualTo(15);
    assertThat(share.of(30)).isEqualTo(45);
    assertThat(Proportion.of(-40, 40, 2, -20).of(-10)).isEqualTo(-5);
  }

  @Test
  void dividesEquallyWhatHasNoProportion() {
    assertThat(Proportion.of(0, 4, 4, 8).of(3)).isEqualTo(5);
    assertThat(Proportion.of(-10, 10, 2, 6).of(-8)).isZero();
    // 100 and -99.999 for a total of 10: no factor of 10,000.
    assertThat(Proportion.of(.001, 199.999, 2, 10).of(100)).isCloseTo(104.9995, within(1e-9));
  }
}
