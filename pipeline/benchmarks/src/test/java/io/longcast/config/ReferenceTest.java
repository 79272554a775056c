package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.longcast.bench.BenchSpec;
import io.longcast.logs.LogSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  @Test
  void hasEveryComponentWithAComment() {
    List<String> missing = new ArrayList<>();
    collect(RunSpec.class, RunFile.reference().root(), "", missing);
    collect(LogSpec.class, RunFile.reference().getObject("logs"), "logs", missing);
    collect(BenchSpec.class, RunFile.reference().getObject("bench"), "bench", missing);
    assertThat(missing).isEmpty();
  }

  @Test
  void bindsSoThatNoKeyIsWithoutAComponent() {
    ConfigObject reference = RunFile.reference().resolve().root();
    assertThat(SpecBinder.bind(RunSpec.class, reference, reference)).isNotNull();
  }

  @Test
  void noticesAKeyWithoutAComment() {
    record One(int a) {}
    List<String> missing = new ArrayList<>();
    ConfigObject bare = com.typesafe.config.ConfigFactory.parseString("a = 1").root();
    collect(One.class, bare, "", missing);
    assertThat(missing).containsExactly("a has no comment");
  }

  private static void collect(
      Class<?> type, ConfigObject section, String path, List<String> missing) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() == ModuleSections.class) {
        continue;
      }
      String key = SpecBinder.join(path, component.getName());
      ConfigValue value = section.get(component.getName());
      if (value == null) {
        missing.add(key + " is not there");
      } else if (value.origin().comments().isEmpty()) {
        missing.add(key + " has no comment");
      }
      Class<?> inner = component.getType();
      if (inner.isRecord() && value instanceof ConfigObject below) {
        collect(inner, below, key, missing);
      }
    }
  }
}
