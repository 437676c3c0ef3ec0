// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results for programs: every round of everybody. */
final class JsonReport {
  private JsonReport() {}

  static String of(Map<String, String> machine, List<Result> results, Sizes sizes)
      throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("machine", machine);
    report.put("rows", results.stream().map(JsonReport::row).toList());
    report.put("bytes", bytes(sizes));
    report.put("failures", failures(sizes.failures()));
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(report);
  }

  private static Map<String, Object> row(Result result) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", result.row().name());
    row.put("work", result.row().work());
    row.put("oneCore", result.row().oneCore());
    row.put("judgedBy", result.row().cost().name());
    List<Map<String, Object>> contenders = new ArrayList<>();
    result.measures().forEach((who, measures) -> contenders.add(contender(result, who, measures)));
    row.put("contenders", contenders);
    row.put("failures", failures(result.failures()));
    return row;
  }

  private static Map<String, Object> bytes(Sizes sizes) {
    Map<String, Object> bytes = new LinkedHashMap<>();
    sizes.bytes().forEach((contender, ofIt) -> bytes.put(contender.label(), ofIt));
    return bytes;
  }

  private static Map<String, String> failures(Map<Contender, String> failures) {
    Map<String, String> named = new LinkedHashMap<>();
    failures.forEach((contender, why) -> named.put(contender.label(), why));
    return named;
  }

  private static Map<String, Object> contender(
      Result result, Contender contender, List<Measure> measures) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", contender.label());
    put(values, "nanosPerOperation", result.cost(contender));
    put(values, "cpuNanosPerOperation", result.cpu(contender));
    put(values, "ratioToC", result.ratio(contender));
    values.put("peakKilobytes", result.peaks().get(contender));
    values.put(
        "rounds",
        measures.stream()
            .map(one -> List.of(one.work(), one.wallNanos(), one.cpuNanos()))
            .toList());
    return values;
  }

  private static void put(Map<String, Object> values, String name, @Nullable Spread spread) {
    if (spread != null) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("low", spread.low());
      parts.put("median", spread.median());
      parts.put("high", spread.high());
      values.put(name, parts);
    }
  }
}
