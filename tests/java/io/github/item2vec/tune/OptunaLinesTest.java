package io.github.item2vec.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study whose journal Optuna 5.0.0 has written to; the lines are Optuna's own. */
class OptunaLinesTest {
  private static final SearchSpace SPACE =
      SearchSpace.of(
          ConfigFactory.parseString(
              """
              kind { choice = [a, b] }
              x { double = [-5, 5] }
              n { int = [1, 1000], log = true, when { kind = b } }
              """));

  private static final String CREATE =
      """
      {"op_code":0,"worker_id":"666cce4a-1405","study_name":"item2vec map@10","directions":[2]}
      """;
  private static final String ADD =
      """
      {"op_code":4,"worker_id":"c6bc0efd-1405","study_id":0,"datetime_start":"2026-11-28T20:08:50.874886+00:00","state":1,"value":0.9,"values":null,"datetime_complete":"2026-11-28T20:08:50.874886+00:00","distributions":{"kind":"{\\"name\\": \\"CategoricalDistribution\\", \\"attributes\\": {\\"choices\\": [\\"a\\", \\"b\\"]}}","x":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -5.0, \\"high\\": 5.0, \\"log\\": false}}"},"params":{"kind":0,"x":-3.0},"user_attrs":{},"system_attrs":{},"intermediate_values":{}}
      """;
  private static final String ENQUEUE =
      """
      {"op_code":4,"worker_id":"fe1023db-1405","study_id":0,"datetime_start":null,"state":4,"value":null,"values":null,"distributions":{},"params":{},"user_attrs":{},"system_attrs":{"fixed_params":{"kind":"b","x":4.0,"n":7}},"intermediate_values":{}}
      """;
  private static final String ASK =
      """
      {"op_code":4,"worker_id":"34dc252b-1405","study_id":0,"datetime_start":"2026-11-28T20:08:50.877546+00:00"}
      """;
  private static final String PARAM_KIND =
      """
      {"op_code":5,"worker_id":"34dc252b-1405","trial_id":3,"param_name":"kind","param_value_internal":0,"distribution":"{\\"name\\": \\"CategoricalDistribution\\", \\"attributes\\": {\\"choices\\": [\\"a\\", \\"b\\"]}}"}
      """;
  private static final String PARAM_X =
      """
      {"op_code":5,"worker_id":"34dc252b-1405","trial_id":3,"param_name":"x","param_value_internal":1.7393351316009351,"distribution":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -5.0, \\"high\\": 5.0, \\"log\\": false}}"}
      """;
  private static final String TELL =
      """
      {"op_code":6,"worker_id":"34dc252b-1405","trial_id":3,"state":1,"values":[1.7393351316009351],"datetime_complete":"2026-11-28T20:08:50.906978+00:00"}
      """;

  @TempDir Path directory;
  private final List<Map<String, Object>> trained = new ArrayList<>();
  private Path journal;

  @BeforeEach
  void threeTrialsOfOurOwn() {
    journal = directory.resolve("journal");
    run(3);
    trained.clear();
  }

  private static Study open(JournalFile file) {
    return Study.open(
        "item2vec map@10",
        SPACE,
        Direction.MAXIMIZE,
        new TpeSampler(5, TpeSampler.Kind.MULTIVARIATE),
        new JournalStorage(file, SPACE),
        Map.of("seed", "5"));
  }

  private List<Trial> run(int trials) {
    try (JournalFile file = JournalFile.local(journal)) {
      Study study = open(file);
      new StudyRun(study, Pruner.none(), 2)
          .run(
              (trial, rule) -> {
                trained.add(trial.params());
                double x = (double) trial.params().get("x");
                return TrialResult.complete(x / 100, Map.of(1, x / 200));
              },
              first -> first.ask(Map.of("kind", "a", "x", 0.0), Map.of("origin", "defaults")),
              trials,
              Duration.ZERO,
              1,
              trial -> {});
      return List.copyOf(study.trials());
    }
  }

  private void append(String... lines) throws IOException {
    Files.writeString(journal, String.join("", lines), StandardOpenOption.APPEND);
  }

  private List<Trial> reopened() {
    try (JournalFile file = JournalFile.local(journal)) {
      return open(file).trials();
    }
  }

  @Test
  void aStudyOpenedOnceMoreThereGoesOn() throws IOException {
    append(CREATE);

    List<Trial> trials = run(5);

    assertThat(trials).hasSize(5).allMatch(trial -> trial.state() == TrialState.COMPLETE);
    assertThat(trained).hasSize(2);
    assertThat(reopened()).isEqualTo(trials);
  }

  @Test
  void anAddedTrialIsTakenAsItIsAndNotTrained() throws IOException {
    append(ADD);

    List<Trial> trials = run(5);

    assertThat(trials).hasSize(5);
    assertThat(trials.get(3).value()).hasValue(0.9);
    assertThat(trials.get(3).params()).isEqualTo(Map.of("kind", "a", "x", -3.0));
    assertThat(trained).hasSize(1);
    assertThat(Files.readString(journal)).doesNotContain("\"trial_id\":3");
    try (JournalFile file = JournalFile.local(journal)) {
      assertThat(open(file).best().orElseThrow().number()).isEqualTo(3);
    }
  }

  /** Ours at 2 was killed before Optuna added 3. */
  @Test
  void anAddedTrialBehindOneThatWasKilledIsNotTrained() throws IOException {
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, lines.size() - 2)); // the telling of trial 2
    append(ADD);

    List<Trial> trials = run(5);

    assertThat(trained).hasSize(2);
    assertThat(trials.get(3).value()).hasValue(0.9);
    assertThat(reopened()).isEqualTo(trials);
  }

  @Test
  void anEnqueuedTrialIsTheNextToRun() throws IOException {
    append(ENQUEUE);

    List<Trial> trials = run(5);

    assertThat(trained).hasSize(2);
    assertThat(trained.get(0)).isEqualTo(Map.of("kind", "b", "x", 4.0, "n", 7L));
    assertThat(trials.get(3).value()).hasValue(0.04);
    assertThat(reopened()).isEqualTo(trials);
    assertThat(Files.readString(journal)).contains("\"param_name\":\"n\"");
  }

  /** Cut anywhere behind the enqueued trial: the same parameters are trained in the end. */
  @Test
  void anEnqueuedTrialIsRunWhereverTheJournalIsCut() throws IOException {
    append(ENQUEUE);
    int before = (int) Files.size(journal);
    run(5);
    byte[] whole = Files.readAllBytes(journal);
    List<Map<String, Object>> params = reopened().stream().map(Trial::params).toList();
    for (int cut = before; cut < whole.length; cut += 17) {
      Files.write(journal, Arrays.copyOf(whole, cut));
      assertThat(run(5).stream().map(Trial::params).toList())
          .as("cut at %d", cut)
          .isEqualTo(params);
    }
  }

  @Test
  void aTrialThatOptunaRanIsTakenAsItIs() throws IOException {
    append(ASK, PARAM_KIND, PARAM_X, TELL);

    List<Trial> trials = run(5);

    assertThat(trained).hasSize(1);
    assertThat(trials.get(3).params()).isEqualTo(Map.of("kind", "a", "x", 1.7393351316009351));
    assertThat(trials.get(3).value()).hasValue(1.7393351316009351);
    assertThat(reopened()).isEqualTo(trials);
  }

  @Test
  void whatCannotBeGoneOnWithIsRefusedAndLeftAsItIs() throws IOException {
    refused("journal: trial 3 was begun by Optuna and has not ended, item2vec cannot go on", ASK);
    refused("journal: trial 3 was begun by Optuna and has not ended", ASK, PARAM_KIND, PARAM_X);
    refused("journal: trial 3 was written by Optuna without 'x'", ASK, PARAM_KIND, TELL);
    refused("a second study, 'another'", CREATE.replace("item2vec map@10", "another"));
    refused(
        "the study was deleted in Optuna", "{\"op_code\":1,\"worker_id\":\"x\",\"study_id\":0}\n");
    refused("parameter 'z' is not in the search space", ADD.replace("\"x\"", "\"z\""));
    refused("trial 3, x = -7.0: is not in the search space", ADD.replace("-3.0}", "-7.0}"));
    refused("trial 3, kind = 0: is not in the search space", ADD.replace("\\\"b\\\"", "\\\"c\\\""));
    refused(
        "trial 3, kind = 2: is not in the search space", ADD.replace("\"kind\":0", "\"kind\":2"));
    refused("value is null, must be a number", ADD.replace("0.9", "null"));
    refused(
        "values is [1,2], must be one number", ADD.replace("\"values\":null", "\"values\":[1,2]"));
    refused("the enqueued trial 3 has no 'n'", ENQUEUE.replace(",\"n\":7", ""));
    refused(
        "the enqueued trial 3 has no 'x', or not one of its values", ENQUEUE.replace("4.0", "9.0"));
    refused("of which only [kind, x] are active", ENQUEUE.replace("\"b\"", "\"a\""));
    refused("no trial 7", TELL.replace("\"trial_id\":3", "\"trial_id\":7"));
    refused("unknown operation {\"op_code\":77", CREATE.replace("\"op_code\":0", "\"op_code\":77"));
  }

  /** Found by the fuzz run: a study of its own was begun behind it. */
  @Test
  void aStudyWithoutSettingsIsRefusedAlsoWhenItsEndIsCut() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    lines.remove(1);
    lines.remove(lines.size() - 1);
    Files.write(journal, lines);

    refused("journal: the study was begun by Optuna or has lost its settings");
  }

  private void refused(String message, String... lines) throws IOException {
    byte[] before = Files.readAllBytes(journal);
    append(lines);
    byte[] written = Files.readAllBytes(journal);
    assertThatThrownBy(this::reopened)
        .as(message)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("journal")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThat(journal).hasBinaryContent(written);
    Files.write(journal, before);
  }

  /** As in Optuna; notes too. */
  @Test
  void whatComesAfterATrialsEndIsPassedOver() throws IOException {
    List<Trial> before = reopened();
    append(
        TELL.replace("\"trial_id\":3", "\"trial_id\":1"),
        "{\"op_code\":7,\"worker_id\":\"x\",\"trial_id\":1,\"step\":9,\"intermediate_value\":NaN}\n",
        "{\"op_code\":2,\"worker_id\":\"x\",\"study_id\":0,\"user_attr\":{\"note\":\"hello\"}}\n");

    assertThat(reopened()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user item rating                                                       | journal: does not begin with '{', is no journal",
        "{\"op_code\":4,\"worker_id\":\"item2vec-spark\"}~                       | journal, line 1: no study has been created before",
        "{\"op_code\":0,\"worker_id\":\"x\",\"study_name\":\"s\",\"directions\":[2]}~ | journal: the study was begun by Optuna or has lost its settings, item2vec cannot go on with it",
        "~                                                                      | journal, line 1: no JSON: an empty line"
      })
  void aForeignFileIsRefusedAndLeftAsItIs(String text, String message) throws IOException {
    byte[] bytes = text.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    Files.write(journal, bytes);

    assertThatThrownBy(this::reopened)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(message);
    assertThat(journal).hasBinaryContent(bytes);
  }
}
