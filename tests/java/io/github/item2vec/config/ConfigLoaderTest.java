package io.github.item2vec.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path directory;

  @Test
  void defaultsThenFileThenOverrides() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("my.conf"),
            "training { vector-size = 16, max-iter = 7 }\nrecommend.k = 20\n");
    JobConfig config = load(List.of(file.toString()), "training.max-iter=9").jobConfig();

    assertThat(config.training().params())
        .containsEntry("vector-size", 16)
        .containsEntry("max-iter", 9)
        .containsEntry("negative", 0);
    assertThat(config.recommend().k()).isEqualTo(20);
  }

  @Test
  void ofSeveralFilesTheLaterWins() throws IOException {
    Path base = Files.writeString(directory.resolve("base.conf"), "training.vector-size = 16");
    Path best =
        Files.writeString(
            directory.resolve("best.conf"), "training { vector-size = 8, min-count = 2 }");

    Training training = load(List.of(base.toString(), best.toString())).jobConfig().training();
    assertThat(training.params()).containsEntry("vector-size", 8).containsEntry("min-count", 2);
  }

  @Test
  void theShippedFileLoads() {
    JobConfig config = load(List.of("conf/item2vec.conf")).jobConfig();

    assertThat(config.training().params()).containsEntry("vector-size", 64);
    assertThat(config.publish().ttl()).hasDays(7);
  }

  @ParameterizedTest
  @CsvSource({
    "training.vectorsize=1, training.vector-size",
    "recomend.k=1, recommend.k",
    "publish.layuot=x, publish.layout",
    "seed=1, split.by",
  })
  void anUnknownKeyNamesTheNearest(String override, String nearest) {
    String key = override.substring(0, override.indexOf('='));
    assertThatThrownBy(() -> load(List.of(), override))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining("did you mean")
        .satisfies(
            e ->
                assertThat(nearest.equals("split.by") || e.getMessage().contains(nearest))
                    .isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.trainer=glove|training.trainer = glove: must be one of [item2vec, mllib-word2vec]",
        "training.seed=many|training.seed",
        "split.by=user|split.by = user: must be one of [leave-last, global-time]",
        "evaluation.gate=[off, published]|evaluation.gate = [off, published]: must be off alone",
        "publish.scores=true|false when publish.layout names lists alone",
        "input.max-rejected=2|a share between 0 and 1",
        "input.rating-range=[5, 1]|two numbers, the lowest first",
        "evaluation.k=5,x|must be whole numbers",
        "evaluation.k=[1000]|1 .. recommend.k",
        "publish.layout=json|list-text",
        "publish.ttl=soon|publish.ttl",
        "publish.ttl=604800|publish.ttl = 604800: must be 0 or have a unit, such as 604800 s or 7 days",
        "publish.ttl=900|publish.ttl = 900: must be 0 or have a unit, such as 900 s or 15 minutes",
        "tuning.time=3600|tuning.time = 3600: must be 0 or have a unit, such as 3600 s or 1 hour",
        "tuning.time=1.5|tuning.time = 1.5: must be 0 or have a unit, such as 90 s or 7 days",
        "publish.ttl=500 ms|publish.ttl = 500 ms: must be 0 or whole seconds, such as 90 s or 7 days",
        "publish.ttl=-7 days|publish.ttl = -7 days: must be 0 or whole seconds",
        "publish.ttl=1 fortnight|publish.ttl",
        "recommend.k=1.5|recommend.k = 1.5: must be a whole number",
        "recommend.k=99999999999|recommend.k = 99999999999: must be <= 2147483647",
        "training.seed=1.5|training.seed = 1.5: must be a whole number",
        "evaluation.k=[5.5]|evaluation.k = 5.5: must be whole numbers",
        "input.rating-range=0,x|input.rating-range = 0,x: must be two numbers, the lowest first",
        "tuning.space=[]|tuning.space = []: must be an object",
        "novalue|key=value",
      })
  void aBadValueNamesKeyValueAndConstraint(String override, String message) {
    assertThatThrownBy(() -> load(List.of(), override).jobConfig())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void durationsHaveAUnitOrAreZero() {
    assertThat(load(List.of(), "publish.ttl=604800 s").jobConfig().publish().ttl()).hasDays(7);
    assertThat(load(List.of(), "publish.ttl=7 days").jobConfig().publish().ttl()).hasDays(7);
    assertThat(load(List.of(), "publish.ttl=0").jobConfig().publish().ttl()).isZero();
    assertThat(load(List.of(), "tuning.time=0.0").jobConfig().tuning().time()).isZero();
    assertThat(load(List.of(), "tuning.time=90 minutes").jobConfig().tuning().time())
        .hasMinutes(90);
  }

  @Test
  void aRatingRangeComesAsAListOrWithCommas() {
    JobConfig.Input input = load(List.of(), "input.rating-range=0,10").jobConfig().input();

    assertThat(input.highestRating()).isEqualTo(10);
    assertThat(input).isEqualTo(load(List.of(), "input.rating-range=[0, 10]").jobConfig().input());
  }

  @Test
  void aSpaceThatIsNoObjectOrFileIsRefusedInASentence() {
    for (String space : List.of("[]", "[1, 2]", "5", "true")) {
      assertThatThrownBy(
              () -> ConfigLoader.loadForTuning(List.of(), List.of("tuning.space=" + space)))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("tuning.space = " + space.replace(" ", ""))
          .hasMessageEndingWith("or the name of a file that has one");
    }
  }

  @Test
  void controlCharactersAreEscapedInMessagesAndLongValuesCut() {
    assertThatThrownBy(() -> load(List.of(), "split.by=r\u001b[31med").jobConfig())
        .hasMessageStartingWith("split.by = r\\u001b[31med: must be");
    assertThatThrownBy(() -> load(List.of(), "split.by=" + "x".repeat(1 << 20)).jobConfig())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2100));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> load(List.of("/nowhere/my.conf")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/nowhere/my.conf");
  }

  @Test
  void listsComeAsListsOrWithCommas() {
    JobConfig.Evaluation commas = load(List.of(), "evaluation.k=20,5").jobConfig().evaluation();
    JobConfig.Evaluation list = load(List.of(), "evaluation.k=[5,20]").jobConfig().evaluation();
    JobConfig.Evaluation one = load(List.of(), "evaluation.k=5").jobConfig().evaluation();

    assertThat(commas.k()).containsExactly(5, 10, 20);
    assertThat(list).isEqualTo(commas);
    assertThat(one.k()).containsExactly(5, 10);
  }

  @Test
  void secretsAreMasked() {
    ConfigLoader loader =
        load(
            List.of(),
            "publish.password=hunter2",
            "publish.target=redis://me:hunter2@redis.example.org:6379/0");

    assertThat(String.join("\n", loader.changes()))
        .doesNotContain("hunter2")
        .contains("publish.password = ***");
    assertThat(loader.jobConfig().publish().toString()).doesNotContain("password");
    assertThat(loader.jobConfig().publish().password()).contains("hunter2");
  }

  @Test
  void distanceIsLevenshteins() {
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    assertThat(NearestName.distance("same", "same")).isZero();
  }

  private static ConfigLoader load(List<String> files, String... overrides) {
    return ConfigLoader.load(files, List.of(overrides));
  }
}
