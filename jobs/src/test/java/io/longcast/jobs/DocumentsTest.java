package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The documents name files, anchors, commands and messages that exist. */
class DocumentsTest {
  private static final Path ROOT = SparkHome.ROOT;
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:bin/)?longcast ([a-z]+)((?: [^#\\n]*)?)");
  private static final Pattern CONF = Pattern.compile("\\bconf/[a-z-]+(?:/[a-z-]+)*\\.conf\\b");

  private static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> pipeline = Files.walk(ROOT.resolve("pipeline"), 2)) {
      Stream.of(top, docs, pipeline)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .forEach(all::add);
    }
    return all;
  }

  @Test
  void linkToFilesAndHeadingsThatExist() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(withoutCode(Files.readString(document)));
      while (link.find()) {
        String target = link.group(1);
        if (!target.matches("[a-z]+:.*") && !exists(document, target)) {
          broken.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** Whether they answer is not asked: a build needs no network. */
  @Test
  void linkToAddressesThatAreWellFormed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(withoutCode(Files.readString(document)));
      while (link.find()) {
        String target = link.group(1);
        if (target.matches("[a-z]+:.*")
            && !target.matches("https://[a-z0-9-]+(\\.[a-z0-9-]+)+(/[\\w.~%/+-]*)?(#[\\w.-]+)?")) {
          wrong.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean exists(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1
        || Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("#"))
            .map(DocumentsTest::anchor)
            .anyMatch(parts[1]::equals);
  }

  /** The anchor that GitHub gives a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ *", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String withoutCode(String text) {
    return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`]*`", "");
  }

  @Test
  void showCommandsAndRunFilesThatExist() throws IOException {
    CommandLine longcast = new CommandLine(new Longcast());
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      Matcher command = COMMAND.matcher(text);
      while (command.find()) {
        if (!isCommand(longcast, command.group(1), command.group(2))) {
          broken.add(ROOT.relativize(document) + ": " + command.group());
        }
      }
      Matcher conf = CONF.matcher(text);
      while (conf.find()) {
        if (!Files.exists(ROOT.resolve(conf.group()))) {
          broken.add(ROOT.relativize(document) + ": " + conf.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** A command of the program, with options that it has. */
  private static boolean isCommand(CommandLine longcast, String name, String words) {
    CommandLine command = longcast.getSubcommands().get(name);
    if (command == null) {
      return false;
    }
    for (String word : words.trim().split("\\s+")) {
      if (command.getSubcommands().containsKey(word)) {
        return true;
      }
      if (word.startsWith("--")
          && !command.getCommandSpec().optionsMap().containsKey(word.replaceFirst("=.*", ""))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void keepTheReadmeShort() throws IOException {
    String text = Files.readString(ROOT.resolve("README.md"));
    assertThat(text.trim().split("\\s+").length).isLessThanOrEqualTo(1200);
    assertThat(text).contains("docs/images/");
  }

  /** Each message of the troubleshooting page is a text of the sources, but for its values. */
  @Test
  void explainMessagesThatTheSourcesHave() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String folder : List.of("pipeline", "jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file :
            files.filter(f -> f.toString().matches(".*/src/main/java/.*\\.java")).toList()) {
          sources.append(Files.readString(file));
        }
      }
    }
    String all = joined(sources.toString());
    List<String> unknown = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/troubleshooting.md"))) {
      if (line.startsWith("## `")) {
        String message = line.substring(4, line.lastIndexOf('`'));
        for (String part : message.split("…")) {
          if (!all.contains(part.strip())) {
            unknown.add(message + ": \"" + part.strip() + "\"");
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** Texts that the formatter broke over lines as one. */
  private static String joined(String sources) {
    return sources.replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");
  }
}
