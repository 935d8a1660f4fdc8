package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
