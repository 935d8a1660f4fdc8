package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.server.RedisSession;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/**
 * Real jobs in processes of their own against a Redis with a password, with random users, passwords
 * and spellings, Spark's event log and UI on: then everything that they left and showed is
 * searched.
 */
class SecretsTest {
  private static final long SEED = new Random().nextLong();
  private static final List<String> SCHEMES = List.of("redis://", "REDIS://", "Redis://");

  @TempDir Path directory;

  private final Random random = new Random(SEED);

  /** Two pieces without any sign that is spelt in more than one way: either of them is a leak. */
  private final String first = "Kx" + random.nextInt(100_000, 1_000_000) + "Qw";

  private final String second = "Zv" + random.nextInt(100_000, 1_000_000) + "Jy";
  private final String password = first + signs() + second;

  @BeforeEach
  void ratings() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int user = 0; user < 40; user++) {
      for (int item = 0; item < 12; item++) {
        rows.append("%d\t%d\t5\t%d\n".formatted(user, (user + item * item) % 30, item));
      }
    }
    Files.writeString(directory.resolve("u.data"), rows.toString());
    Files.createDirectories(directory.resolve("events"));
  }

  @Test
  void aRunLeavesThePasswordNowhere() throws Exception {
    String user = "ann/" + random.nextInt(100) + "@x";
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      allow(server, user);
      String address = "@127.0.0.1:" + server.target().port();
      String scheme = SCHEMES.get(random.nextInt(SCHEMES.size()));
      UiPages ui = new UiPages(directory.resolve("ui"));
      String log =
          run(0, List.of(), ui, "--redis", scheme + user + ":" + encoded(password) + address);
      assertThat(log).contains("process list", "publish.target = \"redis://" + user + ":***@127");
      if (!password.contains("%")) {
        run(0, List.of(), ui, "-D", "publish.target=" + scheme + user + ":" + password + address);
      }
      int port = server.target().port();
      run(
          0,
          List.of(
              "-Dspark.redis.host=127.0.0.1",
              "-Dspark.redis.port=" + port,
              "-Dspark.redis.user=" + user,
              "-Dspark.redis.auth=" + password,
              "-Dspark.redaction.regex=nobody-else-matches-this"),
          ui,
          "--redis",
          "none");
      assertThat(ui.count("-environment-")).as("environment pages").isPositive();
      assertThat(ui.count("-api-v-applications-local-sql-")).as("plans by REST").isPositive();
      assertThat(ui.count("-SQL-execution-")).as("plans").isPositive();
    }
    leavesNothing();
  }

  /** What cannot be read or reached is told, too, and without the login. */
  @Test
  void aRunThatFailsLeavesThePasswordNowhere() throws Exception {
    UiPages ui = new UiPages(directory.resolve("ui"));
    run(
        4,
        List.of(),
        ui,
        "--redis",
        "REDISS://a b/c:" + password.replace("%", "") + "@127.0.0.1:1");
    run(
        4,
        List.of(),
        ui,
        "--redis",
        "redis-sentinel://u:" + encoded(password) + "@127.0.0.1:1#main");
    run(2, List.of(), ui, "--redis", "ann:" + password + "@127.0.0.1:1");
    run(2, List.of(), ui, "-D", "publish.tarbet=redis://:" + password + "@127.0.0.1:1");
    run(2, List.of(), ui, "-D", "redis://ann:" + password + "@127.0.0.1:1");
    run(2, List.of(), ui, "redis://ann:" + password + "@127.0.0.1:1");
    leavesNothing();
  }

  private static void allow(EmbeddedRedis server, String user, String password) {
    try (RedisSession session = RedisSession.open(server.target())) {
      session.call(
          Command.ACL,
          Stream.of("SETUSER", user, "on", ">" + password, "~*", "&*", "+@all")
              .map(word -> word.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new));
    }
  }

  private void allow(EmbeddedRedis server, String user) {
    allow(server, user, password);
  }

  private String run(int code, List<String> settings, UiPages ui, String... words)
      throws Exception {
    Path log = Files.createTempFile(directory, "job", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@conf/jvm.options", "-Xmx768m", "-Dspark.master=local[1]"));
    command.addAll(List.of("-Dspark.eventLog.enabled=true", "-Dspark.eventLog.compress=false"));
    command.add("-Dspark.eventLog.dir=" + directory.resolve("events").toUri());
    command.addAll(ui.settings());
    command.add("-Dspark.driver.host=127.0.0.1");
    command.addAll(List.of("-Dspark.sql.ui.explainMode=extended", "-Dspark.logConf=true"));
    command.addAll(settings);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of("io.github.item2vec.Main", "run"));
    command.addAll(List.of("--input", directory.resolve("u.data").toString()));
    command.addAll(List.of("--output", Files.createTempDirectory(directory, "out").toString()));
    command.addAll(List.of("-D", "training.architecture=skip-gram", "-D", "training.max-iter=1"));
    command.addAll(List.of("-D", "training.vector-size=8", "-D", "training.min-count=1"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ui.watch(process);
    assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("finished in time").isTrue();
    String text = Files.readString(log, StandardCharsets.UTF_8);
    int expected = code == 0 ? 0 : 1; // of an exception that leaves main
    assertThat(process.exitValue()).as("seed %d: %s", SEED, text).isEqualTo(expected);
    if (code != 0) {
      assertThat(text).contains("SparkUserAppException: User application exited with " + code);
    }
    return text;
  }

  private void leavesNothing() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files)
        .extracting(Path::toString)
        .anyMatch(name -> name.contains("events" + File.separator));
    for (Path file : files) {
      String text =
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .toLowerCase(Locale.ROOT);
      for (String piece : List.of(first, second)) {
        int at = text.indexOf(piece.toLowerCase(Locale.ROOT));
        assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), at))
            .as("seed %d: %s before the secret", SEED, file)
            .isEmpty();
      }
    }
  }

  /** At least one of each kind: signs of addresses, blanks, signs of JSON and of shells. */
  private String signs() {
    StringBuilder text = new StringBuilder();
    for (String kind : List.of("@:/", " ", "\"\\'", "#?&=+$", "é|;%")) {
      text.append(kind.charAt(random.nextInt(kind.length())));
    }
    return text.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
