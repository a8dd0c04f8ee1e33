import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFinal, neededSamples, nextStep, type RunFacts } from "@/lib/runs/run-lifecycle";
import type { RunState } from "@/lib/schemas/runs";

const facts = (state: RunState, more: Partial<RunFacts> = {}): RunFacts => ({
  state,
  source: "ENDPOINT",
  uploading: false,
  total: 100,
  generated: 0,
  failed: 0,
  commonFailure: null,
  finished: null,
  ...more,
});

const uploaded = (state: RunState, more: Partial<RunFacts> = {}) =>
  facts(state, { source: "UPLOAD", ...more });

describe("a run's next step", () => {
  it.each<[string, RunFacts, RunState | "stay", string | null]>([
    ["nothing done yet", facts("QUEUED"), "stay", null],
    ["some done", facts("GENERATING", { generated: 40, failed: 3 }), "stay", null],
    ["all but one settled", facts("GENERATING", { generated: 90, failed: 9 }), "stay", null],
    ["all settled", facts("GENERATING", { generated: 90, failed: 10 }), "EXTRACTING", "extract"],
    ["all settled before it was seen to start", facts("QUEUED", { generated: 100 }), "EXTRACTING", "extract"],
    ["exactly half made", facts("GENERATING", { generated: 50, failed: 50 }), "EXTRACTING", "extract"],
    ["half can no longer be reached", facts("GENERATING", { generated: 10, failed: 51 }), "FAILED", null],
    ["nine failures and no sample", facts("GENERATING", { failed: 9 }), "stay", null],
    ["ten failures and no sample", facts("GENERATING", { failed: 10 }), "FAILED", null],
    ["ten failures and one sample", facts("GENERATING", { failed: 10, generated: 1 }), "stay", null],
    ["one prompt, made", facts("GENERATING", { total: 1, generated: 1 }), "EXTRACTING", "extract"],
    ["one prompt, not made", facts("GENERATING", { total: 1, failed: 1 }), "FAILED", null],
    ["embedding goes on", facts("EXTRACTING", { generated: 100 }), "stay", null],
    ["embedded", facts("EXTRACTING", { generated: 100, finished: "extracted" }), "SCORING", "score"],
    ["a late word of scoring", facts("EXTRACTING", { generated: 100, finished: "scored" }), "stay", null],
    ["a late word of embedding", facts("GENERATING", { generated: 60, finished: "extracted" }), "stay", null],
    ["scoring goes on", facts("SCORING", { generated: 100 }), "stay", null],
    ["scored", facts("SCORING", { generated: 100, finished: "scored" }), "PUBLISHED", null],
    [
      "cancelled while a job ran",
      facts("CANCELLED", { generated: 100, finished: "extracted" }),
      "stay",
      null,
    ],
    ["failed", facts("FAILED", { generated: 100, finished: "scored" }), "stay", null],
    ["published", facts("PUBLISHED", { generated: 100, finished: "scored" }), "stay", null],
    ["an upload that is coming", uploaded("QUEUED", { uploading: true }), "stay", null],
    [
      "half uploaded, more on the way",
      uploaded("GENERATING", { generated: 60, uploading: true }),
      "stay",
      null,
    ],
    ["half uploaded", uploaded("GENERATING", { generated: 50 }), "EXTRACTING", "extract"],
    ["too few uploaded", uploaded("GENERATING", { generated: 49 }), "FAILED", null],
    ["uploaded and embedded", uploaded("EXTRACTING", { finished: "extracted" }), "SCORING", "score"],
  ])("%s", (_name, given, to, effect) => {
    const step = nextStep(given);
    if (to === "stay") expect(step).toEqual({ kind: "stay" });
    else expect(step).toMatchObject({ kind: "move", to, effect });
  });

  it("says why it failed, and what was seen most", () => {
    const many = facts("GENERATING", { generated: 10, failed: 51, commonFailure: "Check the key." });
    expect(nextStep(many)).toMatchObject({
      failure: { code: "too_few_made", failed: 51, total: 100, needed: 50, most: "Check the key." },
    });
    expect(nextStep(facts("GENERATING", { failed: 10, commonFailure: "HTML." }))).toMatchObject({
      failure: { code: "none_made", failed: 10, most: "HTML." },
    });
    expect(nextStep(uploaded("GENERATING", { generated: 49 }))).toMatchObject({
      failure: { code: "too_few_uploaded", here: 49, total: 100, needed: 50 },
    });
  });

  it("never leaves a final state and never scores from less than half", () => {
    const states = fc.constantFrom<RunState>(
      "QUEUED", "GENERATING", "PAUSED", "EXTRACTING", "SCORING", "PUBLISHED", "FAILED", "CANCELLED"); // prettier-ignore
    fc.assert(
      fc.property(
        states,
        fc.integer({ min: 1, max: 500 }),
        fc.nat(500),
        fc.nat(500),
        fc.constantFrom(null, "extracted" as const, "scored" as const),
        (state, total, a, b, finished) => {
          const generated = Math.min(a, total);
          const failed = Math.min(b, total - generated);
          const step = nextStep({ ...facts(state), total, generated, failed, finished });
          if (isFinal(state)) expect(step.kind).toBe("stay");
          if (step.kind === "move" && step.to === "EXTRACTING") {
            expect(generated).toBeGreaterThanOrEqual(neededSamples(total));
          }
          // A run whose samples are all settled always goes on.
          if ((state === "QUEUED" || state === "GENERATING") && generated + failed === total) {
            expect(step.kind).toBe("move");
          }
        },
      ),
    );
  });
});
