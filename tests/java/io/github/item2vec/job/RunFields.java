package io.github.item2vec.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The fields of a run.json, a path and a type each: others read them. */
final class RunFields {
  private RunFields() {}

  /** Those of a file; a metric at a cut-off is {@code *}. */
  static SortedSet<String> of(String json) throws IOException {
    SortedSet<String> fields = new TreeSet<>();
    add(new ObjectMapper().readTree(json), "", fields);
    return fields;
  }

  /** Those of a run with the default trainer and baselines that publishes one layout. */
  static List<String> pinned() throws IOException {
    try (InputStream in = RunFields.class.getResourceAsStream("/run-json-fields.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static void add(JsonNode node, String path, SortedSet<String> fields) {
    if (node.isEmpty()) { // a value, too, is empty
      String type = node.isFloatingPointNumber() ? "real" : node.getNodeType().name();
      fields.add(path + " " + type.toLowerCase(Locale.ROOT));
    } else if (node.isArray()) {
      fields.add(path + " array");
    } else {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                String field = name.replaceFirst(".+@\\d+", "*");
                add(node.get(name), path.isEmpty() ? field : path + "." + field, fields);
              });
    }
  }
}
