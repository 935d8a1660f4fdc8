package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Opens the jar that is submitted to clusters. */
class ShadedJarIT {
  private static final Path JAR = Path.of("target", "item2vec-spark.jar");

  @Test
  void holdsNothingButOursAndRelocatedDependencies() throws IOException {
    List<String> strangers =
        classes().filter(name -> !name.startsWith("io/github/item2vec/")).toList();

    assertThat(strangers).isEmpty();
  }

  @Test
  void holdsWhatItNeeds() throws IOException {
    assertThat(classes().toList())
        .contains(
            "io/github/item2vec/Main.class",
            "io/github/item2vec/shaded/config/Config.class",
            "io/github/item2vec/shaded/picocli/CommandLine.class",
            "io/github/item2vec/shaded/redis/clients/jedis/Connection.class")
        .noneMatch(name -> name.contains("apache/spark"))
        .filteredOn(name -> !name.startsWith("io/github/item2vec/redis/embedded/")) // our own
        .noneMatch(name -> name.contains("redis/embedded"));
  }

  /** What is in it, from whom and under which terms. */
  @Test
  void holdsLicenceNoticeAndAListOfParts() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
      assertThat(text(jar, "META-INF/NOTICE")).contains("item2vec-spark", "Jedis, MIT License");
      JsonNode parts =
          new ObjectMapper().readTree(text(jar, "META-INF/sbom/item2vec-spark.cdx.json"));
      assertThat(parts.at("/bomFormat").asText()).isEqualTo("CycloneDX");
      assertThat(parts.at("/components").findValuesAsText("name"))
          .contains("jedis", "config", "picocli", "commons-numbers-gamma", "commons-pool2")
          .noneMatch(name -> name.startsWith("spark-") || name.startsWith("junit"));
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static java.util.stream.Stream<String> classes() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(n -> n.endsWith(".class"))
          .toList()
          .stream();
    }
  }
}
