package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One jar for each Spark 4: what the shaded jar names of Spark is there, in the oldest release as
 * in the one it is built with.
 */
class SparkLinksIT {
  private static final Path JAR = Path.of("target", "item2vec-spark.jar");

  @Test
  void linksWithTheReleaseThatItIsBuiltWith() throws IOException {
    assertThat(Links.missing(JAR, classPath())).isEmpty();
  }

  @Test
  void linksWithTheOldestRelease() throws IOException {
    assertThat(Links.missing(JAR, oldest())).isEmpty();
  }

  /** A check that finds nothing would pass the others. */
  @Test
  void findsWhatIsNotThere() throws IOException {
    List<Path> withoutMllib =
        oldest().stream().filter(jar -> !name(jar).startsWith("spark-mllib_")).toList();

    assertThat(Links.missing(JAR, withoutMllib))
        .anyMatch(gap -> gap.startsWith("class org/apache/spark/ml/Estimator, above "))
        .anyMatch(gap -> gap.endsWith(", in io/github/item2vec/baseline/MllibWord2Vec"));
  }

  /** The oldest release's jars; what they depend on as it is on the class path. */
  private static List<Path> oldest() throws IOException {
    var jars = new ArrayList<Path>();
    try (Stream<Path> files = Files.list(Path.of("target", "oldest-spark"))) {
      files.forEach(jars::add);
    }
    assertThat(jars).hasSize(10);
    classPath().stream().filter(jar -> !name(jar).startsWith("spark-")).forEach(jars::add);
    return jars;
  }

  private static List<Path> classPath() throws IOException {
    String path = Files.readString(Path.of("target", "spark.classpath")).strip();
    return Stream.of(path.split(File.pathSeparator, -1)).map(Path::of).toList();
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }
}
