import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ReferenceCard } from "@/components/references/reference-card";
import type { ReferenceSetView } from "@/lib/schemas/examination";

afterEach(cleanup);

const SET: ReferenceSetView = {
  ...{ id: "ref_1", slug: "photos", name: "Photos", kind: "images", state: "READY", failedFor: null },
  ...{ total: 10, done: 10, n: 10, dimension: 4, encoder: "toybox-encoder@1", preprocessing: "clean" },
  ...{
    samples: "images",
    isEncoderHere: true,
    manifest: null,
    resolutions: null,
    formats: null,
    videos: null,
  },
  ...{ scoresDistance: false, scoresSamples: false, own: false, submittedBy: "operator", revision: 1 },
  ...{ createdAt: "2026-11-30T10:00:00.000Z", examples: [] },
};

function open(changes: Partial<ReferenceSetView>, mayUse = true) {
  const asked: string[] = [];
  const onUse = (action: string) => {
    asked.push(action);
    return Promise.resolve();
  };
  render(
    <ReferenceCard
      reference={{ ...SET, ...changes }}
      onUse={mayUse ? onUse : undefined}
      onRemove={() => Promise.resolve()}
    />,
  );
  return asked;
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("a set is used for scores, and one in use retired, once that is confirmed", () => {
  const used = open({});
  press("Use for scores");
  expect(used).toEqual([]);
  press("Use it");
  expect(used).toEqual(["use"]);
  cleanup();
  const retired = open({ scoresDistance: true });
  press("Retire");
  press("Retire it");
  expect(retired).toEqual(["retire"]);
});

/** Buttons but those that say what a word means. */
const offered = () => screen.queryAllByRole("button", { name: /^(?!What this means)/ });

test("neither is offered to who does not decide it, nor the use of a set that is not built", () => {
  open({ scoresDistance: true }, false);
  expect(offered()).toEqual([]);
  cleanup();
  open({ state: "BUILDING" });
  expect(offered()).toEqual([]);
});
