package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The files of docs/operate.md are what Airflow, Kubernetes and a container build take. */
class OperateDocumentTest {
  private static final String TREE =
      """
      import ast, json, sys
      calls = [node for node in ast.walk(ast.parse(sys.stdin.read())) if isinstance(node, ast.Call)]
      print(json.dumps([{"name": call.func.id, **{word.arg: word.value.value for word in call.keywords
            if isinstance(word.value, ast.Constant)}} for call in calls]))
      """;

  /** The block of the page that is fenced as of this language, the first one. */
  static String block(String language) throws IOException {
    String page = Files.readString(SparkHome.ROOT.resolve("docs/operate.md"));
    Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(page);
    assertThat(block.find()).as("a block of " + language).isTrue();
    return block.group(1);
  }

  private static void requireCommand(List<String> words) {
    CommandLine longcast = new CommandLine(new Longcast());
    CommandLine.ParseResult parsed = longcast.parseArgs(words.toArray(String[]::new));
    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("run");
  }

  @Test
  void theDagIsPythonAndRunsACommandThatThereIs() throws Exception {
    JsonNode calls = new ObjectMapper().readTree(python(block("python")));
    assertThat(calls.findValuesAsText("name")).contains("DAG", "BashOperator");
    String command = calls.findValue("bash_command").asText();
    List<String> words = List.of(command.split(" "));
    assertThat(words.get(0)).endsWith("bin/longcast");
    requireCommand(words.subList(1, words.size()));
    assertThat(calls.findValue("max_active_runs").asInt()).isOne();
    assertThat(calls.findValue("skip_on_exit_code").asInt()).isEqualTo(ExitCode.LOCKED);
  }

  private static String python(String program) throws IOException, InterruptedException {
    Path said = Files.createTempFile("python", ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", TREE)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException none) {
      assumeTrue(false, "there is no python3");
      throw none;
    }
    try (var in = process.getOutputStream()) {
      in.write(program.getBytes(StandardCharsets.UTF_8));
    }
    String text = process.waitFor() + "\n" + Files.readString(said);
    Files.delete(said);
    assertThat(text).startsWith("0\n");
    return text.substring(2);
  }

  @Test
  void theManifestFitsTheSchemaOfKubernetes() throws Exception {
    CronJob job = new YAMLMapper().readValue(block("yaml"), CronJob.class);
    assertThat(unknown(job, "CronJob")).as("fields that Kubernetes does not know").isEmpty();
    assertThat(job.getApiVersion() + " " + job.getKind()).isEqualTo("batch/v1 CronJob");
    assertThat(job.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    PodSpec pod = job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);
    requireCommand(container.getArgs());
    assertThat(pod.getVolumes())
        .extracting(Volume::getName)
        .containsExactlyInAnyOrderElementsOf(
            container.getVolumeMounts().stream().map(VolumeMount::getName).toList());
  }

  /** Paths of fields that a model of Kubernetes has no place for. */
  private static List<String> unknown(Object model, String path)
      throws InvocationTargetException, IllegalAccessException {
    List<String> found = new ArrayList<>();
    if (model instanceof List<?> list) {
      for (Object one : list) {
        found.addAll(unknown(one, path + "[]"));
      }
    } else if (model != null && model.getClass().getName().startsWith("io.fabric8.")) {
      for (Method method : model.getClass().getMethods()) {
        boolean getter = method.getName().startsWith("get") && method.getParameterCount() == 0;
        if (getter && method.getName().equals("getAdditionalProperties")) {
          ((Map<?, ?>) method.invoke(model)).keySet().forEach(key -> found.add(path + "." + key));
        } else if (getter && !method.getName().equals("getClass")) {
          found.addAll(unknown(method.invoke(model), path + "." + method.getName().substring(3)));
        }
      }
    }
    return found;
  }

  /** What the container file copies: source below the repository, target in the image. */
  static Map<String, String> copies(String containerFile) {
    Map<String, String> copies = new java.util.LinkedHashMap<>();
    containerFile
        .lines()
        .filter(line -> line.startsWith("COPY "))
        .forEach(
            line -> {
              String[] words = line.split(" ");
              for (int i = 1; i < words.length - 1; i++) {
                copies.put(words[i], words[words.length - 1]);
              }
            });
    return copies;
  }

  @Test
  void theContainerFileCopiesWhatTheLauncherNeeds() throws IOException {
    String file = block("dockerfile");
    Map<String, String> copies = copies(file);
    assertThat(copies.keySet())
        .allMatch(
            source ->
                source.equals("spark/")
                    || source.startsWith("jobs/target/")
                    || Files.exists(SparkHome.ROOT.resolve(source)));
    String launcher = Files.readString(SparkHome.ROOT.resolve("bin/longcast"));
    assertThat(launcher)
        .contains("$root/conf/spark.conf", "jar=$target/longcast.jar", "$target/spark.classpath");
    assertThat(copies)
        .containsKeys("conf/", "jobs/target/longcast.jar", "jobs/target/spark.classpath");
    Matcher entry = Pattern.compile("(?m)^ENTRYPOINT \\[\"(\\S+)\"]$").matcher(file);
    assertThat(entry.find()).isTrue();
    assertThat(entry.group(1)).isEqualTo(copies.get("bin/") + "longcast");
    assertThat(file).contains("SPARK_HOME=" + copies.get("spark/").replaceFirst("/$", ""));
  }

  /** Every metric of the page's queries is in its table. */
  @Test
  void theQueriesNameMetricsOfTheTable() throws IOException {
    String page = Files.readString(SparkHome.ROOT.resolve("docs/operate.md"));
    Matcher used = Pattern.compile("longcast_([a-z_]+)").matcher(block("promql"));
    assertThat(used.results().map(match -> match.group(1)).flatMap(OperateDocumentTest::named))
        .isNotEmpty()
        .allMatch(name -> page.contains("`" + name + "`"));
  }

  private static Stream<String> named(String metric) {
    return metric.equals("energy") || metric.startsWith("energy_")
        ? Stream.empty()
        : Stream.of(metric.replaceFirst("^stream_longcast_energy_", "stream_NAME_"));
  }
}
