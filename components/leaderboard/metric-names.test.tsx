import { expect, test } from "vitest";
import { metricNames } from "@/components/leaderboard/metric-names";

test("names each score that any row has once, those of most boards first, and none that no row has", () => {
  const rows = [
    { metrics: { "judge:ours:viescore@1": {}, "fd-toybox": {} } },
    { metrics: { "contrastive-alignment": {}, "fd-toybox": {} } },
  ];
  expect(metricNames(rows)).toEqual(["fd-toybox", "contrastive-alignment", "judge:ours:viescore@1"]);
  expect(metricNames([{ metrics: {} }])).toEqual([]);
});
