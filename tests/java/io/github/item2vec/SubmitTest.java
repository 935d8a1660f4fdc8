package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.cli.RootCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What submit.sh hands to spark-submit: the real script with a spark-submit that prints its words.
 * What stands before the jar is Spark's, what stands behind it the job's.
 */
class SubmitTest {
  private static final String EVIL = "/tmp/evil.jar";

  /** Words that are options somewhere, or look like ones, or end them. */
  /** What a command does not go without. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "show", List.of("--user", "x"),
          "generate", List.of("--output", "x"),
          "export", List.of("--to", "x"),
          "report", List.of("x", "y"));

  private static final List<String> HOSTILE =
      List.of(
          "--jar=" + EVIL,
          "--jar",
          "--jars=" + EVIL,
          "--packages=evil:evil:1",
          "--conf=spark.jars=" + EVIL,
          "--driver-java-options=-javaagent:" + EVIL,
          "--properties-file",
          "--master=spark://evil:7077",
          "--class=Evil",
          "--redis=evil:6379",
          "--output",
          "--",
          "-D",
          "-Dpublish.target=evil",
          "--help",
          "demo",
          "embedded",
          "@" + EVIL,
          "-",
          "=",
          "$(touch /tmp/evil)",
          "a b",
          "*",
          "");

  private static final CommandLine JOB = Main.commandLine();

  @TempDir Path home;

  @BeforeEach
  void aBuiltTree() throws IOException {
    Files.copy(Path.of("submit.sh"), home.resolve("submit.sh"), StandardCopyOption.COPY_ATTRIBUTES);
    List<Path> sources = List.of(home.resolve("src/main/java"), home.resolve("src/main/resources"));
    for (Path directory : sources) {
      Files.createDirectories(directory);
    }
    Files.createDirectories(home.resolve("target"));
    Files.createFile(home.resolve("pom.xml"));
    for (Path older : List.of(home.resolve("pom.xml"), sources.get(0), sources.get(1))) {
      Files.setLastModifiedTime(older, FileTime.fromMillis(0));
    }
    Files.createFile(home.resolve("target/embedded-redis.jar"));
    Files.createFile(jar());
    Path program = Files.createDirectories(home.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(program, "#!/usr/bin/env bash\nprintf '%s\\0' \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** The options of the commands that take a value, each with each hostile word. */
  static Stream<Arguments> ourOptions() {
    return options()
        .filter(option -> option.arity().max() > 0)
        .map(OptionSpec::longestName)
        .distinct()
        .map(Arguments::of);
  }

  private static Stream<OptionSpec> options() {
    CommandLine root = new CommandLine(new RootCommand());
    return Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
        .flatMap(command -> command.getCommandSpec().options().stream());
  }

  @ParameterizedTest
  @MethodSource("ourOptions")
  void aValueIsNeverAnOption(String option) throws Exception {
    for (String value : HOSTILE) {
      if (option.equals("--redis") && value.equals("embedded")) {
        continue; // the one value that brings the server's program along
      }
      Words words = submit("show", option, value);
      assertThat(words.sparks()).as("%s '%s'", option, value).isEqualTo(plain().sparks());
      assertThat(words.ours())
          .containsExactlyElementsOf(
              option.equals("-D")
                  ? List.of("show", option, value)
                  : List.of("show", option + "=" + value));
      if (!option.equals("-D")) {
        assertThat(submit("show", option + "=" + value)).isEqualTo(words);
      }
    }
  }

  @Test
  void aFlagTakesNoValueFromSpark() throws Exception {
    List<String> flags =
        options()
            .filter(o -> o.arity().max() == 0)
            .map(OptionSpec::longestName)
            .distinct()
            .toList();
    assertThat(flags).contains("--help", "--contents", "--resume");
    for (String flag : flags) {
      Words words = submit("show", flag, "--master", "yarn");
      assertThat(words.sparks()).startsWith("--master", "yarn");
      assertThat(words.ours()).containsExactly("show", flag);
    }
  }

  @Test
  void sparksOptionsPassThroughInBothSpellings() throws Exception {
    List<String> given =
        List.of(
            "--deploy-mode", "cluster", "--name", "--jars=x", "--conf", "spark.ui.enabled=false");
    assertThat(
            submit(
                    "show",
                    "--deploy-mode",
                    "cluster",
                    "--name",
                    "--jars=x",
                    "--conf",
                    "spark.ui.enabled=false")
                .sparks())
        .containsSequence(given);
    assertThat(
            submit(
                    "show",
                    "--deploy-mode=cluster",
                    "--name=--jars=x",
                    "--conf=spark.ui.enabled=false")
                .sparks())
        .containsSequence(given);
    assertThat(submit("--jar", "hdfs:///job.jar", "show").all())
        .endsWith("hdfs:///job.jar", "show");
  }

  @Test
  void twoDashesEndSparksOptions() throws Exception {
    Words words = submit("--master", "yarn", "--", "show", "--jar=" + EVIL, "--name", "x");

    assertThat(words.sparks()).startsWith("--master", "yarn").doesNotContain("--name");
    assertThat(words.ours()).containsExactly("show", "--jar=" + EVIL, "--name", "x");
    assertThat(submit("show", "--", "--jar", EVIL).ours())
        .containsExactly("show", "--", "--jar", EVIL);
  }

  @Test
  void behindAnUnknownOptionNothingIsSparks() throws Exception {
    assertThat(submit("show", "--usr", "--jar=" + EVIL).ours())
        .containsExactly("show", "--usr", "--jar=" + EVIL);
  }

  @Test
  void aJarOrAMemoryThatLooksLikeAnOptionIsRefused() throws Exception {
    for (String bad : List.of("--jar=--class=Evil", "--jar=", "--driver-memory=1g -javaagent:x")) {
      assertThat(run("show", bad).code()).as(bad).isEqualTo(2);
    }
    assertThat(run("show", "--master").code()).isEqualTo(2);
  }

  @Test
  void theServersProgramComesOnlyWithEmbeddedAndDemo() throws Exception {
    assertThat(submit("show", "--user", "embedded").sparks()).doesNotContain("--jars");
    assertThat(submit("show", "--user", "demo").sparks()).doesNotContain("--jars");
    assertThat(submit("demo").sparks()).contains("--jars");
    assertThat(submit("run", "--redis", "embedded").sparks()).contains("--jars");
    assertThat(submit("run", "-Dpublish.target=embedded").sparks()).contains("--jars");
  }

  /** Random users as words of a command: what the job gets are the very words, in order. */
  @Test
  void randomWordsArriveAsTheyAre() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      List<String> given = new ArrayList<>(List.of("show"));
      List<String> expected = new ArrayList<>(given);
      for (String option : List.of("--user", "--output", "--redis")) {
        String value = HOSTILE.get(random.nextInt(HOSTILE.size())) + word(random);
        given.addAll(random.nextBoolean() ? List.of(option, value) : List.of(option + "=" + value));
        expected.add(option + "=" + value);
      }
      Words words = submit(given.toArray(String[]::new));
      assertThat(words.sparks()).as("seed %d", seed).isEqualTo(plain().sparks());
      assertThat(words.ours()).as("seed %d", seed).containsExactlyElementsOf(expected);
    }
  }

  /** Where Spark has its jars, by plain java; where spark-submit has more to set up, by that. */
  @Test
  void whatNeedsNoSparkRunsByPlainJava() throws Exception {
    javaWith("jdk.incubator.vector@17");
    assertThat(words("show", "--user", "a b").get(0)).isEqualTo("--master");
    Path conf = Files.createDirectories(home.resolve("spark/conf"));
    Files.createDirectories(home.resolve("spark/jars"));
    Files.writeString(conf.resolve("spark-env.sh"), "# nothing\n");

    assertThat(words("show", "--user", "a b", "--conf", "spark.redis.host=h"))
        .startsWith("java")
        .contains("-Dspark.redis.host=h")
        .endsWith("io.github.item2vec.WithoutSpark", "show", "--user=a b");
    for (String given : List.of("verify", "--help", "run --help", "-V", "prune --master yarn")) {
      assertThat(words(given.split(" ", -1))).as(given).startsWith("java");
    }
    for (String given :
        List.of(
            "run",
            "verify --contents",
            "show --redis embedded",
            "show --files x.txt",
            "show --conf spark.redis.auth=x",
            "show --conf spark.jars=x.jar",
            "show --user --help --deploy-mode cluster",
            "show --jar hdfs:///x.jar")) {
      assertThat(words(given.split(" ", -1))).as(given).startsWith("--master");
    }
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.redis.host h\n");
    assertThat(words("show"))
        .startsWith("java")
        .contains("-Ditem2vec.spark-defaults=" + conf.resolve("spark-defaults.conf"));
    Files.writeString(conf.resolve("spark-defaults.conf"), "  spark.jars.packages x:y:1\n");
    assertThat(words("show")).startsWith("--master");
    Files.delete(conf.resolve("spark-defaults.conf"));
    Files.writeString(conf.resolve("spark-env.sh"), "export HADOOP_CONF_DIR=/etc/hadoop\n");
    assertThat(words("show")).startsWith("--master");
  }

  /**
   * Once, and only that very line; what the job writes by itself does not go through the filter.
   */
  @Test
  void ofStandardErrorOneLineIsLeftOut() throws Exception {
    String incubating = "WARNING: Using incubator modules: jdk.incubator.vector";
    Files.writeString(
        home.resolve("spark/bin/spark-submit"),
        """
        #!/usr/bin/env bash
        printf 'first\\n%1$s\\n%1$s, x\\n%1$s\\nno end' >&2
        [ "$ITEM2VEC_STDERR" = 3 ] && [ "$ITEM2VEC_PID" = $$ ] && printf '%%s' direct >&3
        """
            .formatted(incubating));
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("submit.sh").toString(), "run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SPARK_HOME", home.resolve("spark").toString());
    Process process = builder.start();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(errors).contains("direct");
    assertThat(errors.replace("direct", ""))
        .isEqualTo("first\n%1$s, x\n%1$s\nno end".formatted(incubating));
  }

  /** A runtime without the module of vector instructions would not start with it. */
  @Test
  void theModuleOfVectorInstructionsIsAskedForWhereThereIsOne() throws Exception {
    Files.createDirectories(home.resolve("conf"));
    Files.copy(Path.of("conf", "jvm.options"), home.resolve("conf/jvm.options"));
    javaWith("jdk.incubator.vector@21");
    assertThat(words("run"))
        .contains("spark.driver.defaultJavaOptions=--add-modules=jdk.incubator.vector");
    javaWith("java.base@21");
    assertThat(words("run")).noneMatch(word -> word.contains("add-modules")).contains("run");
    assertThat(Files.readAllLines(home.resolve("target/jvm.options")))
        .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")
        .noneMatch(line -> line.startsWith("--add-modules"));
  }

  /** A java that prints its words, and has one module. */
  private void javaWith(String module) throws IOException {
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/usr/bin/env bash
        if [ "$1" = --list-modules ]; then echo %s; exit; fi
        printf 'java\\0'; printf '%%s\\0' "$@"
        """
            .formatted(module));
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private List<String> words(String... words) throws Exception {
    Outcome outcome = run(words);
    assertThat(outcome.code()).as(String.join(" ", words)).isZero();
    List<String> all = List.of(outcome.text().split("\0", -1));
    return all.subList(0, all.size() - 1);
  }

  private static String word(Random random) {
    String signs = "-=\"'\\ \t\n$`;&|<>*?[]{}~#!%\u00e9\u001b";
    StringBuilder word = new StringBuilder("x");
    for (int i = random.nextInt(6); i > 0; i--) {
      word.append(signs.charAt(random.nextInt(signs.length())));
    }
    return word.toString();
  }

  /** The job's own parser takes what submit.sh hands on for a value, in both spellings. */
  @Test
  void theJobTakesAValueThatLooksLikeAnOption() {
    for (CommandLine command : JOB.getSubcommands().values()) {
      String name = command.getCommandName();
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.arity().max() > 0
            && !option.typeInfo().getClassSimpleName().matches("int|long")) {
          for (String value : HOSTILE) {
            if (value.equals("--")) {
              continue; // refused, in both spellings
            }
            assertThat(taken(name, option, List.of(option.longestName(), value))).isEqualTo(value);
            if (!option.longestName().equals("-D")) {
              assertThat(taken(name, option, List.of(option.longestName() + "=" + value)))
                  .isEqualTo(value);
            }
          }
        }
      }
    }
  }

  private static String taken(String command, OptionSpec option, List<String> words) {
    List<String> all = new ArrayList<>(List.of(command));
    List<String> required = REQUIRED.getOrDefault(command, List.of());
    if (!required.contains(option.longestName()) && !option.longestName().equals("--item")) {
      all.addAll(required); // show takes one of --user and --item
    }
    all.addAll(words);
    Object value =
        JOB.parseArgs(all.toArray(String[]::new))
            .subcommand()
            .matchedOptionValue(option.longestName(), null);
    return value instanceof List<?> list ? (String) list.get(0) : (String) value;
  }

  private Path jar() {
    return home.resolve("target/item2vec-spark.jar");
  }

  private Words plain() throws Exception {
    return submit("show");
  }

  private Words submit(String... words) throws Exception {
    Outcome outcome = run(words);
    assertThat(outcome.code()).as(String.join(" ", words)).isZero();
    List<String> all = List.of(outcome.text().split("\0", -1));
    return Words.of(all.subList(0, all.size() - 1));
  }

  private Outcome run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("submit.sh").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SPARK_HOME", home.resolve("spark").toString());
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    List.of("SPARK_DRIVER_MEMORY", "SPARK_CONF_DIR").forEach(builder.environment()::remove);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  private record Outcome(int code, String text) {}

  /** Spark's words end with the jar, the first that is neither an option nor the value of one. */
  private record Words(List<String> sparks, List<String> ours) {
    static Words of(List<String> all) {
      int jar = 0;
      while (all.get(jar).startsWith("-")) {
        jar += 2;
      }
      return new Words(all.subList(0, jar + 1), all.subList(jar + 1, all.size()));
    }

    List<String> all() {
      return Stream.concat(sparks.stream(), ours.stream()).toList();
    }
  }
}
