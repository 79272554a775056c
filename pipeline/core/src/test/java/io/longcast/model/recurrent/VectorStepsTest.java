package io.longcast.model.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.ChildJvm;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JIT keeps the kernels' vectors in registers, whatever it knows from profiles. A vector that
 * it cannot name the class of becomes an object, and a step takes many times as long: seen in one
 * JVM out of some, where a method was compiled before its profile was there. {@code
 * TypeProfileWidth=0} takes the profiles away, {@code -Xbatch} makes the compiler wait for nothing.
 */
@Tag("once")
@Tag("long")
class VectorStepsTest {

  @Test
  void vectorsBecomeNoObjectsEvenWithoutProfiles() throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.lines(VectorSteps.class, "-Xmx256m", "-Xbatch", "-XX:TypeProfileWidth=0");
    assertThat(lines).first().isEqualTo("back end vector");
    assertThat(bytes(lines))
        .as("bytes allocated a round")
        .containsOnlyKeys("LSTM", "GRU", "RNN-tanh", "RNN-relu", "products", "functions")
        .allSatisfy((work, bytes) -> assertThat(bytes).as(work).isLessThan(64));
  }

  private static Map<String, Long> bytes(List<String> lines) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ");
      bytes.put(words[0], Long.valueOf(words[1]));
    }
    return bytes;
  }
}
