package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} lists what the reference files document. */
@Tag("once")
class SettingsPageTest {
  private static final Path PAGE = SparkHome.ROOT.resolve("docs/settings.md");
  private static final List<String> MODULES = List.of("spark", "logs", "benchmarks");

  @Test
  void listsEverySettingWithItsDefaultAndMeaning() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("longcast.writeDocs")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/settings.md is generated: run this test with -Dlongcast.writeDocs=true")
        .isEqualTo(expected);
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Settings\n\n");
    page.append(
        "Generated from the `reference.conf` of each module. A run file sets what differs;");
    page.append(" arguments `key=value` of the command line override it, as do `.set(key, value)`");
    page.append(
        " calls of the API. `>= 1` is a range; `a | b` are the allowed values; `null` means");
    page.append(" absent.\n");
    for (String module : MODULES) {
      Path file =
          SparkHome.ROOT.resolve("pipeline/" + module + "/src/main/resources/reference.conf");
      Config all = ConfigFactory.parseFile(file.toFile());
      page.append("\n## ").append("longcast-").append(module).append('\n');
      section(page, "", (ConfigObject) all.root().get("longcast"));
    }
    return page.toString();
  }

  /** The settings of a section as a table, then its sections. */
  private static void section(StringBuilder page, String path, ConfigObject section) {
    List<Map.Entry<String, ConfigValue>> entries =
        section.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
            .toList();
    List<Map.Entry<String, ConfigValue>> leaves =
        entries.stream().filter(entry -> !isSection(entry.getValue())).toList();
    if (!leaves.isEmpty()) {
      page.append("\n| key | default | meaning |\n|---|---|---|\n");
      leaves.forEach(entry -> page.append(row(path + entry.getKey(), entry.getValue())));
    }
    for (Map.Entry<String, ConfigValue> entry : entries) {
      if (isSection(entry.getValue())) {
        page.append("\n### ").append(path).append(entry.getKey()).append("\n");
        String meaning = meaning(entry.getValue());
        page.append(meaning.isEmpty() ? "" : "\n" + meaning + "\n");
        section(page, path + entry.getKey() + ".", (ConfigObject) entry.getValue());
      }
    }
  }

  private static boolean isSection(ConfigValue value) {
    return value instanceof ConfigObject section && !section.isEmpty();
  }

  private static String row(String key, ConfigValue value) {
    String shown = value.render(ConfigRenderOptions.concise()).replace("|", "\\|");
    return "| `%s` | `%s` | %s |\n".formatted(key, shown, meaning(value));
  }

  private static String meaning(ConfigValue value) {
    return value.origin().comments().stream()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .replace("|", "\\|")
        .replace("<", "&lt;");
  }
}
