package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs and settings in the documents: Java compiles against the API, run files bind. Those
 * of the README are run by ReadmeSnippetsTest, those in Python by test_longcast.py.
 */
class DocumentSnippetsTest {
  private static final Path ROOT = SparkHome.ROOT;

  /** What a reader of the documents has at hand. */
  private static final String PRELUDE =
      """
      import io.longcast.forecast.*;
      import io.longcast.spark.*;
      import io.longcast.table.*;
      import io.longcast.train.dl4j.*;
      import io.longcast.write.*;
      import org.apache.spark.api.java.*;
      import org.apache.spark.sql.*;
      import org.apache.spark.sql.streaming.*;
      import org.deeplearning4j.nn.conf.*;
      import org.deeplearning4j.nn.conf.layers.*;
      import org.deeplearning4j.nn.multilayer.*;
      import org.deeplearning4j.spark.api.*;
      import org.deeplearning4j.spark.impl.multilayer.*;
      import org.nd4j.linalg.activations.*;
      import org.nd4j.linalg.dataset.DataSet;
      import org.nd4j.linalg.learning.config.*;
      import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

      class Snippets {
        static SparkSession spark;
        static Dataset<Row> history, arriving;
        static AnomalyDetectorModel detector;
        static ForecasterModel model;
        static String id;
        static JavaSparkContext context;
        static MultiLayerNetwork network;
        static JavaRDD<DataSet> dataSets;
      """;

  @TempDir Path folder;

  private record Block(String where, String text) {}

  private static List<Block> blocks(String language) throws IOException {
    Pattern fence = Pattern.compile("(?m)^```" + language + "\\n(.*?)^```", Pattern.DOTALL);
    List<Block> blocks = new ArrayList<>();
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      for (Path document : docs.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        Matcher matcher = fence.matcher(Files.readString(document));
        while (matcher.find()) {
          blocks.add(new Block(ROOT.relativize(document).toString(), matcher.group(1)));
        }
      }
    }
    return blocks;
  }

  @Test
  void programsCompile() throws IOException {
    StringBuilder program = new StringBuilder(PRELUDE);
    List<Block> blocks = blocks("java");
    assertThat(blocks).hasSizeGreaterThan(5);
    for (int i = 0; i < blocks.size(); i++) {
      program.append("  // ").append(blocks.get(i).where()).append('\n');
      program.append("  static void snippet").append(i).append("() throws Exception {\n");
      program.append(blocks.get(i).text()).append("  }\n");
    }
    Path source = Files.writeString(folder.resolve("Snippets.java"), program.append("}\n"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    boolean compiled =
        compiler
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
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(errors.toString()).isTrue();
  }

  @Test
  void settingsBind() throws IOException {
    List<Block> blocks = blocks("hocon");
    assertThat(blocks).isNotEmpty();
    for (Block block : blocks) {
      String set = block.text().replaceAll("\\$\\{[A-Z_]+}", " \"https://example.com/hook\" ");
      Path file = Files.writeString(folder.resolve("run.conf"), set);
      assertThat(RunFile.read(Optional.of(file), List.of()).spec()).as(block.where()).isNotNull();
    }
  }
}
