// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The results for programs: every round of everybody. */
final class JsonReport {
  private JsonReport() {}

  static String of(Report report) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("machine", report.machine());
    values.put("rows", rows(report, report.results()));
    values.put("growths", rows(report, report.growths()));
    values.put("bytes", bytes(report));
    values.put("failures", failures(report, report.sizes().failures()));
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(values);
  }

  private static List<Map<String, Object>> rows(Report report, List<Result> results) {
    return results.stream().map(result -> row(report, result)).toList();
  }

  private static Map<String, Object> row(Report report, Result result) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", result.row().name());
    row.put("title", result.row().title());
    row.put("work", result.row().work());
    row.put("keys", new TreeMap<>(result.row().keys()));
    row.put("oneCore", result.row().oneCore());
    row.put("judgedBy", result.row().cost().name());
    List<Map<String, Object>> contenders = new ArrayList<>();
    result
        .measures()
        .forEach((who, measures) -> contenders.add(contender(report, result, who, measures)));
    row.put("contenders", contenders);
    row.put("failures", failures(report, result.failures()));
    return row;
  }

  private static Map<String, Object> bytes(Report report) {
    Map<String, Object> bytes = new LinkedHashMap<>();
    report.sizes().bytes().forEach((contender, ofIt) -> bytes.put(report.label(contender), ofIt));
    return bytes;
  }

  private static Map<String, String> failures(Report report, Map<Contender, String> failures) {
    Map<String, String> named = new LinkedHashMap<>();
    failures.forEach((contender, why) -> named.put(report.label(contender), why));
    return named;
  }

  private static Map<String, Object> contender(
      Report report, Result result, Contender contender, List<Measure> measures) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", report.label(contender));
    put(values, "nanosPerOperation", result.cost(contender));
    put(values, "cpuNanosPerOperation", result.cpu(contender));
    put(values, "ratioToC", result.ratio(contender));
    put(values, "ratioToOtherC", result.ratio(contender, Contender.OTHER_C));
    values.put("peakKilobytes", result.peaks().get(contender));
    values.put("rounds", measures.stream().map(one -> round(contender, one)).toList());
    return values;
  }

  private static List<Long> round(Contender contender, Measure one) {
    return contender.isItsOwnDriver()
        ? List.of(one.work(), one.wallNanos(), one.cpuNanos())
        : List.of(one.work(), one.wallNanos());
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
