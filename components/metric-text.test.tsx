import { expect, test } from "vitest";
import { formatIn } from "@/components/format";
import { differenceText, metricText } from "@/components/metric-text";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

const english = formatIn("en", { free: "free", yes: "yes", no: "no" });

test.each([
  ["fd-toybox", 12.345, "12.3"],
  ["fid", 123.4, "123"],
  ["grader-alignment", 0.978, "97.8%"],
  ["contrastive-alignment", 0.2514, "0.251"],
  ["judge:j:viescore@1", 0.5, "0.500"],
  ["price", 0.0021, "$0.0021"],
  ["latency", 2400, "2.4 s"],
  ["something-new", 3.14159, "3.14"],
])("a value of %s is written in its own unit and digits", (name, value, text) => {
  expect(metricText(describeMetric(name), value, english)).toBe(text);
});

test("a difference is written with the digits of the value; of shares in percentage points", () => {
  const share = describeMetric("grader-alignment");
  expect(differenceText(share, -0.0204, 0.9, english)).toBe("−2.0");
  expect(differenceText(describeMetric("fid"), 1.234, 12.3, english)).toBe("+1.2");
});

test("a value is written as the page's language writes numbers", () => {
  const german = formatIn("de", { free: "kostenlos", yes: "ja", no: "nein" });
  expect(metricText(describeMetric("judge:j:viescore@1"), 0.5, german)).toBe("0,500");
  expect(metricText(describeMetric("price"), 0, german)).toBe("kostenlos");
  expect(differenceText(describeMetric("fid"), 1.234, 12.3, german)).toBe("+1,2");
});
