package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Run files of any content are bound or refused with a list of problems. */
class RunFileFuzzTest {
  /** The reference and its records, which every run file is laid over. */
  private static final long REFERENCE_BYTES = 64 << 20;

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "$",
    "${",
    "${?",
    "}",
    "=",
    ":",
    "+=",
    ",",
    ".",
    "\n",
    "\\",
    "#",
    "//",
    "include \"a\"\n",
    "include required(file(\"/dev/zero\"))\n",
    "null",
    "true",
    "NaN",
    "1e999",
    "-1",
    "9".repeat(400),
    "2147483648",
    "10 minutes",
    "ms",
    "\u0000",
    "\uFEFF",
    "\u2028",
    "name = ${name}${name}\n",
    "window = ${training}\n",
    "a = ${b}, b = ${a}\n",
    "training { steps = [] }\n",
    "source.paths += ${output.path}\n",
    "preset = 7\n",
    "x".repeat(300),
    "model.dl4j.configuration = {}\n",
    "longcast",
    "\uD83D\uDE00"
  };

  private static void fuzz(int inputs) throws IOException {
    List<byte[]> whole = new ArrayList<>();
    Path conf = Path.of("../../conf");
    try (Stream<Path> files = Files.list(conf)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".conf") && !file.endsWith("spark.conf")) {
          whole.add(Files.readAllBytes(file));
        }
      }
    }
    List<byte[]> pieces =
        Stream.of(PIECES).map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();
    Fuzz fuzz =
        new Fuzz(
            "run files",
            REFERENCE_BYTES,
            input ->
                RunFile.read(
                    SettingsText.parse(new String(input, StandardCharsets.UTF_8), "fuzz"),
                    List.of()),
            InvalidSettingsException.class);
    assertThat(fuzz.run(23, inputs, Fuzz.mutations(whole, pieces))).isPositive();
  }

  @Test
  void aFew() throws IOException {
    fuzz(300);
  }

  @Test
  @Tag("long")
  void many() throws IOException {
    fuzz(20_000);
  }
}
