package io.longcast.model.dl4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * JSON whose objects name their Java classes, as DL4J's does: admitted only if each is on an
 * explicit list. The names are looked at after parsing, so that no spelling of the key escapes, and
 * what is handed on was written from the tree that was checked, so that no other parser can read
 * anything else into it.
 */
public final class NetworkClasses {
  private static final String CLASS = "@class";
  private static final int MAX_DEPTH = 64;
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private NetworkClasses() {}

  /**
   * Parses and checks.
   *
   * @param admitted whether an object of a class of this name may be made
   * @param refusal makes the exception from what is wrong
   * @return the tree, in which every object that names a class names an admitted one
   * @throws IllegalArgumentException naming the class that is not admitted, or if the text is no
   *     JSON, has a key twice or is nested more than {@value #MAX_DEPTH} deep
   */
  public static JsonNode checked(
      String json, Predicate<String> admitted, Function<String, IllegalArgumentException> refusal) {
    try {
      JsonNode tree = JSON.readTree(json);
      check(tree, admitted, refusal);
      return tree;
    } catch (JsonProcessingException broken) {
      throw refusal.apply("its configuration is no JSON: " + broken.getOriginalMessage());
    }
  }

  /** As deep as the parser lets a tree be. */
  private static void check(
      JsonNode node,
      Predicate<String> admitted,
      Function<String, IllegalArgumentException> refusal) {
    JsonNode named = node.get(CLASS);
    if (named != null && !(named.isTextual() && admitted.test(named.textValue()))) {
      throw refusal.apply("it names the class " + named.asText() + ", which is not admitted");
    }
    node.forEach(child -> check(child, admitted, refusal));
  }
}
