package io.longcast.train.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OneNumericsTest {

  @Test
  void namesWhoDiffersAndTheRemedy() {
    OneNumerics all = new OneNumerics();
    all.require();
    all.add("vector-512-v1", "0");
    all.add("vector-512-v1", "1");
    all.require();
    all.add("vector-128-v1", "2");
    assertThatThrownBy(all::require)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("vector-128-v1 on 2; vector-512-v1 on 0, 1")
        .hasMessageContaining("spark.executor.extraJavaOptions");
  }

  @Test
  void thisJvmSaysItsKernelsAndItsProcessor() {
    assertThat(JvmNumerics.text())
        .matches("(vector|plain)-\\d+-v\\d+ on \\S+ avx=\\S+ vector-bytes=\\S+ .*vector-api");
  }
}
