package io.github.item2vec.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  @TempDir Path directory;

  /** A tilde stands for a line's end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input.path = /data/a#b.csv                 | line 1: '#' begins a comment and cuts '/data/a' short; put the whole value in quotes",
        "recommend.k = 5~publish.prefix = rec#s:    | line 2: '#' begins a comment and cuts 'rec' short",
        "publish { password-file = /etc/a#b }       | line 1: '#' begins a comment and cuts '/etc/a' short",
        "input.path = hdfs://name/x                 | line 1: '//' begins a comment and cuts 'hdfs:' short",
        "input.path = /data//x.csv                  | line 1: '//' begins a comment and cuts '/data' short",
        "a = `````b~`````#c~input.path = /x#        | line 2: '#' begins a comment and cuts"
      })
  void aCommentThatCutsAValueIsRefused(String text, String message) {
    assertThatThrownBy(() -> load("my.conf", text.replace('~', '\n')))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(directory.resolve("my.conf") + ", ")
        .hasMessageContaining(message);
  }

  @Test
  void commentsApartAndSignsInQuotesAreAsEver() throws IOException {
    String text =
        """
        # /data/a#b
        input.path = "/data/a#b//c.csv"# behind a quote
        recommend.k = 7 # apart
        publish { keep = 3 }// behind a bracket
        input.titles = \"""/t"#1\"""
        split.test:#nothing yet
          2
        """;
    JobConfig config = load("my.conf", text).jobConfig();

    assertThat(config.input().path()).contains("/data/a#b//c.csv");
    assertThat(config.input().titles().orElseThrow().path()).isEqualTo("/t\"#1");
    assertThat(config.recommend().k()).isEqualTo(7);
    assertThat(config.publish().keep()).isEqualTo(3);
    assertThat(config.split().test()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void textThatIsNotUtf8IsRefused(String charset) throws IOException {
    Path file = directory.resolve("u16.conf");
    Files.write(file, "input.path = /x\n".getBytes(Charset.forName(charset)));

    assertThatThrownBy(() -> ConfigLoader.load(List.of(file.toString()), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": holds zero bytes, as UTF-16 does; save it as UTF-8");
  }

  @Test
  void latinBytesAreRefusedAndAByteOrderMarkIsNot() throws IOException {
    Path latin = directory.resolve("latin.conf");
    Files.write(latin, "input.path = caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ConfigLoader.load(List.of(latin.toString()), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(latin + ": not UTF-8; save it as UTF-8");

    assertThat(load("bom.conf", "\ufeffrecommend.k = 7").jobConfig().recommend().k()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"http://localhost:1/x.conf\")",
        "include \"http://localhost:1/x.conf\"",
        "include required(url(\"file:///etc/hosts\"))",
        "publish { include url(\"ftp://localhost:1/x\") }"
      })
  @Timeout(value = 5, unit = TimeUnit.SECONDS)
  void nothingIsFetchedFromAnAddress(String text) {
    assertThatThrownBy(() -> load("my.conf", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("my.conf: include \"")
        .hasMessageContaining("a configuration is not fetched from an address");
  }

  @Test
  void filesAreIncludedFromWhereTheFileIs() throws IOException {
    Files.createDirectories(directory.resolve("sub"));
    Files.writeString(directory.resolve("sub/other.conf"), "include \"more.json\"\nsplit.test = 2");
    Files.writeString(directory.resolve("sub/more.json"), "{\"recommend\": {\"k\": 7}}");

    JobConfig config = load("my.conf", "include \"sub/other.conf\"").jobConfig();

    assertThat(config.recommend().k()).isEqualTo(7);
    assertThat(config.split().test()).isEqualTo(2);
    assertThatThrownBy(() -> load("my.conf", "include \"none.conf\""))
        .hasMessageContaining("include: no such file: " + directory.resolve("none.conf"));
    assertThatThrownBy(() -> load("my.conf", "include \"my.conf\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("include: more than 16 files deep");
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void textWithoutEndIsRefusedAtOnce() {
    refused("x".repeat(1 << 20) + " = 1", "bytes, must be at most 196608");
    refused("x".repeat(60_000) + " = 1", "unknown configuration key 'xxxxx");
    refused("a = " + "[".repeat(5000), "line 1: brackets are nested more than 64 deep");
    refused("a { ".repeat(5000), "line 1: brackets are nested more than 64 deep");
    refused("\n" + "a.".repeat(5000) + "b = 1", "line 2: a name or value of more than 64 parts");
    refused("a = 1\n" + "a = ${a} 1\n".repeat(60), "more than 50 references ${...} or +=");
  }

  /** HOCON does not split a name in quotes at its dots: the setting would do nothing. */
  @Test
  void aNameInQuotesIsNotTheKeyThatItLooksLike() {
    assertThatThrownBy(() -> load("my.json", "{\"publish.ttl\": \"7 days\"}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown configuration key '\"publish.ttl\"'; did you mean 'publish.ttl'?");
  }

  @Test
  void propertiesAreReadByTheirName() throws IOException {
    ConfigLoader loader = load("my.properties", "recommend.k=7\ninput.path=/data/a#b//c.csv\n");

    assertThat(loader.jobConfig().recommend().k()).isEqualTo(7);
    assertThat(loader.jobConfig().input().path()).contains("/data/a#b//c.csv");
  }

  private void refused(String text, String message) {
    assertThatThrownBy(() -> load("my.conf", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  private ConfigLoader load(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return ConfigLoader.load(List.of(file.toString()), List.of());
  }
}
