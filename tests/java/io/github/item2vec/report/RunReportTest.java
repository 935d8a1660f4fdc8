package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page as a file; what it does in a browser is tests/interop/report_in_browser.sh's. */
class RunReportTest {
  private static final String START = "<script type=\"application/json\" id=\"data\">";

  @Test
  void dataCannotEndItsScriptAndIsReadBackAsItWas() throws IOException {
    String evil = "</script><b>item</b> & <!-- data --> \u2028";
    String html =
        RunReport.html(
            Map.of("status", "FAILED", "error", evil), Map.of("titles", Map.of("1", evil)));

    int from = html.indexOf(START) + START.length();
    JsonNode data =
        new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    assertThat(data.at("/run/error").asText()).isEqualTo(evil);
    assertThat(data.at("/titles/1").asText()).isEqualTo(evil);
    assertThat(html).doesNotContain("<b>").endsWith("</html>\n");
  }

  @Test
  void thePageIsOneFile() {
    String html = RunReport.html(Map.of("status", "SUCCEEDED"), Map.of());

    assertThat(html)
        .contains(
            "<style>",
            "echarts",
            "Licensed to the Apache Software Foundation",
            "default-src 'none'")
        .doesNotContain("src=", "<link", "@import", "<!-- style", "<!-- scripts");
    assertThat(html.length()).isLessThan(1_000_000);
  }
}
