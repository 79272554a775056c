package io.longcast.logs.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemplateClustersTest {
  private static final TemplateSpec SPEC = new TemplateSpec(List.of(), false, 3, 1000);

  private static Map<String, Long> lines(String... lines) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String line : lines) {
      counts.merge(line, 1L, Long::sum);
    }
    return counts;
  }

  private static List<String> texts(List<Template> templates) {
    return templates.stream().map(Template::text).toList();
  }

  @Test
  void aPositionWithManyWordsIsAParameter() {
    List<Template> found =
        new TemplateClusters(SPEC)
            .cluster(lines("login anna ok", "login bert ok", "login carl ok", "login now failed"));
    assertThat(texts(found)).containsExactly("login <*> ok", "login now failed");
    assertThat(found.get(0).count()).isEqualTo(3);
  }

  @Test
  void fewWordsAreDifferentMessages() {
    assertThat(texts(new TemplateClusters(SPEC).cluster(lines("vm started", "vm stopped"))))
        .containsExactly("vm started", "vm stopped");
  }

  @Test
  void theOrderOfTheLinesDoesNotMatter() {
    List<String> all = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      all.add("op w" + random.nextInt(7) + " x" + random.nextInt(5) + " " + (char) ('a' + i % 3));
    }
    List<Template> first = new TemplateClusters(SPEC).cluster(lines(all.toArray(String[]::new)));
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(all, random);
      assertThat(new TemplateClusters(SPEC).cluster(lines(all.toArray(String[]::new))))
          .isEqualTo(first);
    }
    assertThat(first).hasSizeLessThan(20);
  }

  @Test
  void aGroupTooLargeIsSplitByItsNextToken() {
    TemplateSpec small = new TemplateSpec(List.of(), false, 3, 4);
    List<Template> found =
        new TemplateClusters(small)
            .cluster(lines("a x 1a", "a x 1b", "a x 1c", "a y 1a", "a y 1b", "a y 1c", "a z 1a"));
    assertThat(texts(found)).containsExactly("a x <*>", "a y <*>", "a z 1a");
  }
}
