package io.longcast.logs.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateMatcherTest {
  private final TemplateMatcher matcher =
      TemplateMatcher.of(
          List.of(
              new Template("user <*> logged in", 5),
              new Template("user root logged in", 1),
              new Template("read <*> of <*>", 2)),
          new TemplateSpec(List.of(), true, 6, 1000));

  @Test
  void prefersTheTemplateWithMoreConstants() {
    assertThat(matcher.match("user anna logged in").text()).isEqualTo("user <*> logged in");
    assertThat(matcher.match("user root logged in").text()).isEqualTo("user root logged in");
  }

  @Test
  void aLineThatFitsNoneHasNoTemplate() {
    assertThat(matcher.match("user anna logged out")).isNull();
    assertThat(matcher.match("")).isNull();
  }

  @Test
  void parametersAreWhatStoodAtTheWildcards() {
    Template template = new Template("read <*> of <*>", 1);
    assertThat(template.parameters("read 12 of  core.7 ")).containsExactly("12", "core.7");
    assertThat(template.parameters("wrote 12 of 13")).isEmpty();
  }

  @Test
  void theIdIsAHashOfTheTextAlone() {
    Template template = new Template("read <*> of <*>", 1);
    assertThat(template.id()).hasSize(16).isEqualTo(new Template("read <*> of <*>", 9).id());
    assertThat(template.id()).isNotEqualTo(new Template("read <*> or <*>", 1).id());
    assertThatThrownBy(() -> new Template(" a", 1)).hasMessageContaining("single blanks");
  }
}
