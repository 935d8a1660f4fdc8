package io.github.item2vec;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imports point one way: Main, then config and job, then the rest, which know nothing of each
 * other.
 */
class ArchitectureTest {
  private static final String ROOT = "io.github.item2vec.";

  /**
   * What the leaf packages may share: plain data that travels between stages, and the choice of
   * kernels.
   */
  private static final Set<String> SHARED =
      Set.of(
          ROOT + "data.Columns",
          ROOT + "recommend.ItemVectors",
          ROOT + "recommend.ItemVectorsModel",
          ROOT + "recommend.PopularItems",
          ROOT + "simd.VectorModule");

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.item2vec");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config",
        "data",
        "item2vec",
        "recommend",
        "evaluate",
        "baseline",
        "tune",
        "redis",
        "report",
        "simd"
      })
  void aLeafKnowsNoOtherPackageOfOurs(String leaf) {
    DescribedPredicate<JavaClass> others =
        resideInAPackage("io.github.item2vec..")
            .and(DescribedPredicate.not(resideInAPackage(ROOT + leaf)))
            .and(
                DescribedPredicate.describe(
                    "are not shared types", type -> !SHARED.contains(type.getName())));
    noClasses()
        .that()
        .resideInAPackage(ROOT + leaf)
        .should()
        .dependOnClassesThat(others)
        .check(PROJECT);
  }

  @Test
  void theJobDoesNotKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "job")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.item2vec")
        .check(PROJECT);
  }

  @Test
  void theCommandLineKnowsOnlyConfigAndJob() {
    classes()
        .that()
        .resideInAPackage("io.github.item2vec")
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("io.github.item2vec")
                .or(resideInAPackage(ROOT + "config"))
                .or(resideInAPackage(ROOT + "job"))
                .or(DescribedPredicate.not(resideInAPackage("io.github.item2vec.."))))
        .check(PROJECT);
  }
}
