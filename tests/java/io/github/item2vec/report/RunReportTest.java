package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as a file; what it does in a browser is for tests/interop/report_in_browser.sh. */
class RunReportTest {
  private static final String START = "<script type=\"application/json\" id=\"data\">";

  @Test
  void dataCannotEndItsScriptAndIsReadBackAsItWas() throws IOException {
    String evil = "</script><b>item</b> & <!-- data --> \u2028";
    String html =
        html(Map.of("run", Map.of("status", "FAILED", "error", evil), "titles", Map.of("1", evil)));

    int from = html.indexOf(START) + START.length();
    String json = html.substring(from, html.indexOf("</script>", from));
    JsonNode data = new ObjectMapper().readTree(json);
    assertThat(data.at("/run/error").asText()).isEqualTo(evil);
    assertThat(data.at("/titles/1").asText()).isEqualTo(evil);
    assertThat(json).doesNotContain("<");
  }

  private static String html(Map<String, Object> data) {
    return RunReport.html(new ObjectMapper().valueToTree(data));
  }

  /** Ids that are names of an object's own machinery, with and without a title. */
  @Test
  void anItemNamedConstructorIsShownAsItself() throws Exception {
    String page = Files.readString(Path.of("src/main/resources/report/page.js"));
    String line =
        page.lines().filter(l -> l.startsWith("const titleOf = ")).findFirst().orElseThrow();
    String script =
        "const data = JSON.parse('{\"titles\":{\"__proto__\":\"P\",\"1\":\"One\",\"2\":\"\"}}');"
            + line
            + "console.log(['constructor','toString','__proto__','1','2','hasOwnProperty']"
            + ".map(titleOf).join());"
            + "delete data.titles; console.log(titleOf('constructor'));";
    Process node;
    try {
      node = new ProcessBuilder("node", "-e", script).redirectErrorStream(true).start();
    } catch (IOException e) {
      abort("no node on the PATH");
      return;
    }
    assertThat(new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("constructor,toString,P,One,2,hasOwnProperty\nconstructor\n");
  }

  @Test
  void thePageIsOneFile() {
    String html = html(Map.of("run", Map.of("status", "SUCCEEDED")));

    assertThat(html.length()).isBetween(500_000, 1_000_000);
    assertThat(html.endsWith("</html>\n")).isTrue();
    assertThat(html.contains("Licensed to the Apache Software Foundation")).isTrue();
    assertThat(html.contains("default-src 'none'")).isTrue();
    assertThat(Pattern.compile("<script[^>]+src=|<link|@import|<!-- (style|scripts)").matcher(html))
        .matches(matcher -> !matcher.find());
  }
}
