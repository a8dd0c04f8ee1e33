import { describe, expect, test } from "vitest";
import { METRICS } from "@/lib/metrics/registry";
import { DEFINITIONS, STANDING_SCORES } from "@/lib/schemas/metrics/definitions";
import { describeMetric, describeValue } from "@/lib/schemas/metrics/describe-metric";
import { distanceName } from "@/lib/schemas/metrics/frechet-distance";
import { kvdName } from "@/lib/schemas/metrics/kernel-distance";
import { judgeScoreName } from "@/lib/schemas/metrics/judge-score";
import { metricLoss } from "@/lib/schemas/metrics/metric-definition";

const BETTER = [
  ["fd", "lower", "Fréchet distance"],
  ["fd-toybox", "lower", "FD-toybox"],
  ["fd-DINOv2", "lower", "FD-DINOv2"],
  ["fid", "lower", "FID"],
  ["fid-unverified", "lower", "FID-unverified"],
  ["fvd", "lower", "FVD"],
  ["fvd-16", "lower", "FVD-16"],
  ["fvd-toybox", "lower", "FVD-toybox"],
  ["fdd-x", "lower", "FDD-x"],
  ["fd_infinity", "lower", "Fréchet distance at infinite n"],
  ["kid", "lower", "Kernel distance (KID)"],
  ["kid-DINOv2", "lower", "Kernel distance, DINOv2"],
  ["kvd", "lower", "KVD"],
  ["kvd-toybox", "lower", "KVD-toybox"],
  ["mmd", "lower", "Gaussian MMD, CMMD's constants"],
  ["cmmd", "lower", "CMMD"],
  ["jedi", "lower", "Polynomial MMD, JEDi's constants"],
  ["pr", "higher", "Precision and recall (k = 3)"],
  ["prdc", "higher", "Precision, recall, density, coverage (k = 5)"],
  ["is", "higher", "Inception Score"],
  ["c2st", "nearer to 0.5", "Separability (linear classifier)"],
  ["authpct", "nearer to 0.5", "Authenticity (memorisation check)"],
  ["grader-alignment", "higher", "Grader alignment"],
  ["contrastive-alignment", "higher", "Contrastive alignment"],
  ["temporal-flicker", "lower", "Temporal flicker"],
  ["motion-smoothness", "higher", "Motion smoothness"],
  ["dynamic-degree", "higher", "Dynamic degree"],
  ["subject-consistency", "higher", "Subject consistency"],
  ["scene-consistency", "higher", "Scene consistency"],
  ["clip-alignment", "higher", "Clip alignment"],
  ["clip-alignment:held-out", "higher", "Clip alignment, held-out"],
  ["clip-objects", "higher", "Right objects"],
  ["clip-colours", "higher", "Right colours"],
  ["clip-verb", "higher", "Right verb"],
  ["clip-direction", "higher", "Right direction"],
  ["clip-persistence", "higher", "Persistence"],
  ["shuffled-ratio", null, "FVD-toybox with frames shuffled, over the plain one"],
  ["frozen-ratio", null, "FVD-toybox of the frozen middle frame, over the plain one"],
  ["content-bias", null, "Content bias of FVD-toybox"],
  ["judge", "higher", "Judge's score"],
  ["judge:toybox-judge:viescore@1", "higher", "toybox-judge, rubric"],
  ["judge:frames:videoscore@1", "higher", "frames, rubric of videos"],
  ["judge:whole:wholescore@1", "higher", "whole, rubric of whole videos"],
  ["judge:toybox-judge:checklist@1:q2", "higher", "toybox-judge, checklist"],
  ["price", "lower", "Price"],
  ["latency", "lower", "Latency"],
] as const;

describe("which way a metric is better, however its score is named", () => {
  test.each(BETTER)("%s: %s", (name, better, label) => {
    expect(describeMetric(name)).toMatchObject({ better, label });
  });

  test("every definition stands in this table", () => {
    const names = DEFINITIONS.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect([...new Set(BETTER.map(([name]) => describeMetric(name).metric))].sort()).toEqual(
      names.toSorted(),
    );
    for (const name of STANDING_SCORES) expect(describeMetric(name).metric).not.toBeNull();
  });

  test.each(["something-new", "foo", "foodie", "fda", "f-toybox", "judge:alone", "kidney", "toString", ""])(
    "%j is of no metric: its direction is not known, and it keeps its name",
    (name) => {
      expect(describeMetric(name)).toMatchObject({ metric: null, better: null, label: name });
    },
  );
});

test("a loss orders values from best to worst in every direction", () => {
  const order = (better: "lower" | "higher" | "nearer to 0.5") =>
    [0.1, 0.9, 0.6].sort((a, b) => metricLoss(better, a) - metricLoss(better, b));
  expect(order("lower")).toEqual([0.1, 0.6, 0.9]);
  expect(order("higher")).toEqual([0.9, 0.6, 0.1]);
  expect(order("nearer to 0.5")).toEqual([0.6, 0.1, 0.9]);
});

test.each(["FID", "FVD", "FD-toybox", "FD-DINOv2-unverified"])(
  "the label %s can be had back from its name",
  (label) => {
    expect(describeMetric(distanceName(label)).label).toBe(label);
  },
);

test("the kernel distance of videos is called as their Fréchet distance is; under other encoders it has no name", () => {
  expect(["FVD", "FVD-toybox", "FVD-eps1e-5", "FID", "FD-Halves"].map(kvdName)).toEqual([
    "kvd",
    "kvd-toybox",
    "kvd-eps1e-5",
    null,
    null,
  ]);
  expect(describeMetric("kvd-toybox").meaning).toContain("in the features of FVD-toybox.");
});

test("what explains a score is shown with a run, in no column of a board", () => {
  const detail = BETTER.map(([name]) => name).filter((name) => describeMetric(name).detail);
  expect(detail).toEqual(["clip-alignment:held-out", "shuffled-ratio", "frozen-ratio", "content-bias"]);
});

test("a judge's score says in its name judge, rubric and version of the questions", () => {
  const of = { slug: "toybox-judge", rubric: "checklist@1" };
  expect(judgeScoreName({ ...of, version: 2 })).toBe("judge:toybox-judge:checklist@1:q2");
  expect(describeMetric(judgeScoreName({ ...of, version: 2 })).meaning).toContain("questions version 2.");
  expect(judgeScoreName({ ...of, version: 0 })).toBe("judge:toybox-judge:checklist@1");
  expect(describeMetric(judgeScoreName({ ...of, version: 0 })).meaning).not.toContain("questions version");
});

test("each number of a metric has a label, a unit and a direction of its own", () => {
  expect(describeValue("fd", "value", "FD-DINOv2").label).toBe("FD-DINOv2");
  expect(describeValue("fd_infinity", "value", "FD-DINOv2").label).toBe("FD-DINOv2 at infinite n");
  expect(describeValue("kid", "exact", "FID").label).toBe("Kernel distance");
  expect(describeValue("prdc", "density", "FID")).toMatchObject({
    label: "Density",
    unit: null,
    better: "higher",
  });
  expect(describeValue("prdc", "coverage", "FID")).toMatchObject({ unit: "share", format: { decimals: 1 } });
  expect(describeValue("grader-alignment", "share", "").label).toBe("Grader alignment");
  expect(describeValue("gone", "value", "FID")).toMatchObject({ label: "gone value", better: null });
});

test("a metric is computed by what its definition says that it needs, under its protocol", () => {
  for (const [name, metric] of Object.entries(METRICS)) {
    expect(["statistics", "features", "logits"]).toContain(metric.needs);
    expect(metric).toMatchObject(DEFINITIONS.find((each) => each.name === name)!);
    expect(metric.compute).toBeTypeOf("function");
  }
  const diagnosed = Object.values(METRICS).filter(({ inDiagnosis }) => inDiagnosis);
  expect(diagnosed.map(({ name }) => name)).toEqual([
    "fd",
    "fd_infinity",
    "kid",
    "pr",
    "prdc",
    "c2st",
    "authpct",
  ]);
});
