package io.longcast.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class SettingChecksTest {

  @Test
  void namesTheKeyAsAValueAndOnceInTheMessage() {
    SettingException refused = refused(() -> SettingChecks.atLeast(0, 1, "training.batchSize"));

    assertThat(refused.keys()).containsExactly("training.batchSize");
    assertThat(refused).hasMessage("batchSize must be >= 1, found 0 (key training.batchSize)");
  }

  @Test
  void namesAllKeysOfAContradiction() {
    SettingException both =
        new SettingException(List.of("source.paths", "source.table"), "found both");

    assertThat(both.keys()).containsExactly("source.paths", "source.table");
    assertThat(both).hasMessage("found both (keys source.paths, source.table)");
  }

  @Test
  void keepsTheKeysWhenAnExecutorSendsItToTheDriver() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new SettingException("a.b", "wrong", new IllegalStateException("cause")));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SettingException read = (SettingException) in.readObject();
      assertThat(read.keys()).containsExactly("a.b");
      assertThat(read).hasMessage("wrong (key a.b)").hasRootCauseMessage("cause");
    }
  }

  @Test
  void includesTheBoundsThatTheMessageIncludes() {
    assertThatCode(
            () -> {
              SettingChecks.atLeast(1, 1, "k");
              SettingChecks.inRange(2, 2, 4, "k");
              SettingChecks.inRange(4, 2, 4, "k");
              SettingChecks.share(0, "k");
              SettingChecks.share(1, "k");
              SettingChecks.shareBelowOne(0, "k");
              SettingChecks.positive(Double.MIN_VALUE, "k");
            })
        .doesNotThrowAnyException();
    assertThat(refused(() -> SettingChecks.inRange(5, 2, 4, "k"))).hasMessageContaining("[2, 4]");
    assertThat(refused(() -> SettingChecks.inRange(1, 2, 4, "k"))).hasMessageContaining("found 1");
    assertThat(refused(() -> SettingChecks.share(1.01, "k"))).hasMessageContaining("[0, 1]");
    assertThat(refused(() -> SettingChecks.shareBelowOne(1, "k"))).hasMessageContaining("[0, 1)");
  }

  @Test
  void refusesWhatIsNotANumber() {
    assertThat(refused(() -> SettingChecks.share(Double.NaN, "k"))).isNotNull();
    assertThat(refused(() -> SettingChecks.shareBelowOne(Double.NaN, "k"))).isNotNull();
    assertThat(refused(() -> SettingChecks.positive(Double.NaN, "k"))).isNotNull();
    assertThat(refused(() -> SettingChecks.positive(Double.POSITIVE_INFINITY, "k"))).isNotNull();
    assertThat(refused(() -> SettingChecks.positive(0, "k"))).isNotNull();
  }

  private static SettingException refused(ThrowingCallable check) {
    return catchThrowableOfType(SettingException.class, check);
  }
}
