package io.longcast.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProportionTest {

  @Test
  void dividesATotalInProportion() {
    Proportion share = Proportion.of(40, 2, 60);
    assertThat(share.of(10)).isEqualTo(15);
    assertThat(share.of(30)).isEqualTo(45);
    assertThat(Proportion.of(-40, 2, -20).of(-10)).isEqualTo(-5);
  }

  @Test
  void dividesEquallyWhatHasNoProportion() {
    assertThat(Proportion.of(0, 4, 8).of(3)).isEqualTo(5);
    assertThat(Proportion.of(-10, 2, 6).of(-8)).isZero();
  }
}
