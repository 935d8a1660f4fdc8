package io.github.item2vec;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The walls of the house. Imports point one way: Main, then the command line, then config and job,
 * then the rest, which know nothing of each other; inside the larger rooms, from floor to floor
 * downwards.
 */
class ArchitectureTest {
  private static final String ROOT = "io.github.item2vec.";

  /** What the leaf packages may share: plain data that travels between stages. */
  private static final Set<String> SHARED =
      Set.of(
          ROOT + "data.Columns",
          ROOT + "recommend.ItemTable",
          ROOT + "recommend.ItemVectors",
          ROOT + "recommend.ItemVectorsModel",
          ROOT + "recommend.LagWeights",
          ROOT + "recommend.PopularItems",
          ROOT + "recommend.ProfileRule",
          ROOT + "recommend.ProfileRule$Adder");

  /** A model's transform ranks by {@code recommend}, which in turn knows no model. */
  private static final String BRIDGE = ROOT + "train.TransformedLists";

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.item2vec");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config",
        "data",
        "train",
        "recommend",
        "evaluate",
        "baseline",
        "tune",
        "redis",
        "report",
        "math",
        "text",
        "files"
      })
  void aLeafKnowsNoOtherRoom(String leaf) {
    DescribedPredicate<JavaClass> others =
        resideInAPackage("io.github.item2vec..")
            .and(
                DescribedPredicate.not(
                    resideInAnyPackage(
                        ROOT + leaf + "..", ROOT + "math..", ROOT + "text..", ROOT + "files..")))
            .and(
                DescribedPredicate.describe(
                    "are not shared types", type -> !SHARED.contains(type.getName())));
    noClasses()
        .that()
        .resideInAPackage(ROOT + leaf + "..")
        .and()
        .doNotHaveFullyQualifiedName(BRIDGE)
        .should()
        .dependOnClassesThat(others)
        .check(PROJECT);
  }

  @Test
  void mathTextAndFilesKnowNothingOfOurs() {
    for (String room : List.of("math", "text", "files")) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + room + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.github.item2vec..")
                  .and(DescribedPredicate.not(resideInAPackage(ROOT + room + ".."))))
          .check(PROJECT);
    }
  }

  @Test
  void theJobDoesNotKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.github.item2vec", ROOT + "cli..")
        .check(PROJECT);
  }

  @Test
  void theCommandLineKnowsOnlyConfigAndJob() {
    classes()
        .that()
        .resideInAnyPackage("io.github.item2vec", ROOT + "cli..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "io.github.item2vec",
                    ROOT + "cli..",
                    ROOT + "config..",
                    ROOT + "job..",
                    ROOT + "text..")
                .or(DescribedPredicate.not(resideInAPackage("io.github.item2vec.."))))
        .check(PROJECT);
  }

  /** Kernels know no Spark; where they are checked against it, they would have to wait for it. */
  @Test
  void kernelsKnowNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "math..",
            ROOT + "train.epoch..",
            ROOT + "train.window..",
            ROOT + "train.basket..",
            ROOT + "train.history..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(PROJECT);
  }

  @Test
  void theFloorsOfTrain() {
    floors(
        "train",
        "train+train.format",
        "train.onetask+train.distributed",
        "train.checkpoint+train.progress",
        "train.window+train.basket",
        "train.history",
        "train.epoch+train.model");
  }

  @Test
  void theFloorsOfRedis() {
    floors(
        "redis",
        "redis",
        "redis.embedded+redis.generation",
        "redis.layout",
        "redis.pipeline",
        "redis.server");
  }

  @Test
  void theFloorsOfTheJob() {
    floors("job", "job.tuning+job.compare+job", "job.publish", "job.run", "job.console");
    noClasses()
        .that()
        .resideInAPackage(ROOT + "job")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "job.tuning..", ROOT + "job.compare..")
        .check(PROJECT);
  }

  @Test
  void noTwoRoomsNeedEachOther() {
    slices().matching("io.github.item2vec.(**)").should().beFreeOfCycles().check(PROJECT);
  }

  /** The public face of the estimator; its trials in tasks are what the job needs besides. */
  @Test
  void whatMayBeUsedOfTrain() {
    onlyUsedFromOutside(
        "train",
        "train",
        "train.format",
        "train.progress",
        "train.epoch.Architecture",
        "train.onetask.CurrentVectors");
  }

  @Test
  void whatMayBeUsedOfRedis() {
    onlyUsedFromOutside(
        "redis",
        "redis",
        "redis.embedded",
        "redis.generation.PublishedGenerations",
        "redis.generation.PublishReport",
        "redis.generation.RedisOptions",
        "redis.generation.RedisServerCheck",
        "redis.generation.TooFewUsersException",
        "redis.generation.UsersShare",
        "redis.layout.IdMapping",
        "redis.layout.MemoryForecast",
        "redis.layout.RecommendationReader",
        "redis.layout.ValueLayout",
        "redis.server.RedisException",
        "redis.server.RedisTarget",
        "redis.server.Sentinels",
        "redis.server.TlsKeys");
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    Path sources = Path.of("src/main/java/io/github/item2vec");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> silent =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
              .toList();
      assertThat(silent).isEmpty();
    }
  }

  /**
   * A class knows those of its own floor and of the floors below, never those above; packages on
   * one floor are joined by a plus.
   */
  private static void floors(String house, String... fromTheTop) {
    LayeredArchitecture rule =
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + house + "..");
    for (String floor : fromTheTop) {
      rule =
          rule.layer(floor)
              .definedBy(
                  Arrays.stream(floor.split("\\+")).map(ROOT::concat).toArray(String[]::new));
    }
    for (int below = 0; below < fromTheTop.length; below++) {
      String[] above = Arrays.copyOf(fromTheTop, below);
      rule =
          below == 0
              ? rule.whereLayer(fromTheTop[0]).mayNotBeAccessedByAnyLayer()
              : rule.whereLayer(fromTheTop[below]).mayOnlyBeAccessedByLayers(above);
    }
    rule.check(PROJECT);
  }

  /** Allowed are packages (all their types) and types. */
  private static void onlyUsedFromOutside(String house, String... allowed) {
    Set<String> names = Arrays.stream(allowed).map(ROOT::concat).collect(Collectors.toSet());
    noClasses()
        .that()
        .resideInAPackage("io.github.item2vec..")
        .and()
        .resideOutsideOfPackage(ROOT + house + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + house + "..")
                .and(
                    DescribedPredicate.describe(
                        "are not for use outside",
                        type ->
                            !names.contains(type.getPackageName())
                                && !names.contains(outermost(type)))))
        .check(PROJECT);
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceAll("\\$.*", "");
  }
}
