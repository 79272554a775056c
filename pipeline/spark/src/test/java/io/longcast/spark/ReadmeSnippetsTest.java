package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the programs of the README, word for word but for their paths. */
class ReadmeSnippetsTest {
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  @BeforeEach
  void writeMeters() {
    Dataset<Row> meters = Meters.rows(spark, 3);
    meters.write().parquet(folder.resolve("meters").toString());
  }

  /** The text of a program, reading and writing in the test's folder, trained briefly. */
  private String snippet(String name) throws Exception {
    String readme = Files.readString(Path.of(System.getProperty("longcast.root"), "README.md"));
    Matcher block =
        Pattern.compile("<!-- snippet: " + name + " -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL)
            .matcher(readme);
    assertThat(block.find()).as("a block of the README marked as snippet: " + name).isTrue();
    String text = block.group(1);
    for (String path : List.of("meters", "forecasts", "models/load", "alarms", "checkpoint")) {
      text = text.replace("\"" + path + "\"", "\"" + folder.resolve(path) + "\"");
    }
    return text.replace(
        "setHorizon(48)",
        "setHorizon(12).set(\"training.steps\", 20).set(\"model.hiddenSize\", 4)");
  }

  @Test
  @Tag("long")
  void javaRuns() throws Exception {
    String program =
        "import io.longcast.spark.*;\nimport org.apache.spark.sql.*;\n"
            + "import org.apache.spark.sql.streaming.*;\n"
            + "public class Snippet { public static void main(String[] args) throws Exception {\n"
            + "SparkSession spark = SparkSession.active();\n"
            + snippet("java")
            + snippet("java-stream")
            + "}}\n";
    Path source = Files.writeString(folder.resolve("Snippet.java"), program);
    StringWriter errors = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                new PrintWriter(errors),
                null,
                null,
                List.of(
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString()),
                null,
                ToolProvider.getSystemJavaCompiler()
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(errors.toString()).isTrue();
    run();
    assertThat(
            spark
                .read()
                .parquet(folder.resolve("forecasts").toString())
                .where("forecast is not null")
                .count())
        .isEqualTo(3 * 12);
    assertThat(spark.read().parquet(folder.resolve("alarms").toString()).count()).isPositive();
    assertThat(ForecasterModel.load(folder.resolve("models/load").toString()).modelId())
        .isNotEmpty();
  }

  @Test
  @Tag("long")
  void scalaRuns() throws Exception {
    String program =
        "import io.longcast.spark._\nimport org.apache.spark.sql._\n"
            + "object Snippet { def main(args: Array[String]): Unit = {\n"
            + "val spark = SparkSession.active\n"
            + snippet("scala")
            + "}}\n";
    Path source = Files.writeString(folder.resolve("Snippet.scala"), program);
    scala.tools.nsc.Main.process(
        new String[] {
          "-nowarn",
          "-classpath",
          System.getProperty("java.class.path"),
          "-d",
          folder.toString(),
          source.toString()
        });
    assertThat(scala.tools.nsc.Main.reporter().hasErrors()).isFalse();
    run();
  }

  private void run() throws Exception {
    SparkSession.setActiveSession(spark);
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, Thread.currentThread().getContextClassLoader())) {
      loader
          .loadClass("Snippet")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
