import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { CapabilityFacts } from "@/components/models/capability-facts";
import { HeadToHead } from "@/components/models/head-to-head";
import { ModelCard } from "@/components/models/model-card";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";
import type { ModelView } from "@/lib/schemas/views";

afterEach(cleanup);

const CARD: BundledCard = {
  id: "dit-flow",
  name: "DiT",
  sampler: { default: "heun", steps: 20, guidanceScale: 1.5 },
  parameters: 5_300_000,
  adapter: { base: "dit-base", rank: 8, words: {} },
  training: { recipe: "flow", seed: 7, steps: 60_000, batch: 256, minutes: 90, startsFrom: "dit-base" },
  figures: {
    fdToybox: 5.976,
    subjectLikeness: 0.91,
    objectsCorrect: 0.98,
    allCorrect: 0.978,
    allCorrectInterval: [0.961, 0.988],
    "allCorrect, three objects": 0.929,
    howMeasured: "prompts 100 to 599",
    fdToyboxOfMany: { n: 5000, value: 3.1234, interval: [2.5, 4], howMeasured: "one image a caption" },
  },
  license: "Apache-2.0",
};
const rowsOf = (part: HTMLElement) =>
  within(part)
    .getAllByRole("term")
    .map((term) => `${term.textContent}: ${term.nextElementSibling!.textContent}`);

test("a card tells how its model was trained, and its figures in one order, with the interval and the n that the card has", () => {
  render(<ModelCard card={CARD} choices={["guidance"]} />);
  const [training, figures] = screen
    .getAllByRole("heading", { level: 3 })
    .map((heading) => rowsOf(heading.parentElement!));
  expect(training).toEqual([
    "Recipe: flow",
    "Seed: 7",
    "Steps: 60,000 of 256",
    "Time: 1 h 30 min",
    "Machine: –",
    "Data: –",
    "Began from: dit-base",
    "Parameters: 5,300,000",
    "Adapter of: dit-base, rank 8",
    "Sampler: heun, 20 steps, guidance 1.5",
    "Licence: Apache-2.0",
  ]);
  expect(figures).toEqual([
    "All that was asked for: 97.8% (96.1% to 98.8%)",
    "All that was asked for, three objects: 92.9%",
    "Objects: 98.0%",
    "FD-toybox of the graded images: 5.98",
    "subjectLikeness: 0.910",
    "FD-toybox, n 5,000: 3.12 (2.50 to 4.00)",
  ]);
  screen.getByText("Measured on prompts 100 to 599. n 5,000: one image a caption.");
  screen.getByText("What its choices are:");
});

test("an endpoint's test is told in facts, and what is not known of it is left out", () => {
  const call = { seed: 1, outcome: "ok", latencyMs: 2400, inferenceMs: null, costUsd: 0.04 } as const;
  const tested: Capability = {
    testedAt: "2026-11-20T08:00:00.000Z",
    outcome: "ok",
    calls: [call, { ...call, seed: 2, costUsd: null }],
    size: { asked: "64x64", came: "128x128", verdict: "shape" },
    seed: { verdict: "honoured", sameLevels: 0, otherLevels: 20 },
    mediaType: "image/png",
    transparent: false,
    metadata: ["exif", "text"],
    textKeys: ["prompt"],
  };
  const { rerender } = render(<CapabilityFacts capability={tested} />);
  expect(rowsOf(document.body)).toEqual([
    "Tested: 20 Nov 2026, worked",
    "Size: shape honoured: 64x64 asked for, 128x128 came",
    "Seed: honoured: the same seed gives the same image",
    "Took: 2.4 s, 2.4 s",
    "Cost: $0.04 an image, as it says",
    "Transparency: none",
    "In its files: EXIF, text (prompt)",
  ]);
  const refused: Capability = {
    ...tested,
    ...{ outcome: "refused", calls: [], mediaType: null, transparent: null },
    ...{ size: { asked: "64x64", came: null, verdict: null } },
    ...{ seed: { verdict: "unknown", sameLevels: null, otherLevels: null } },
  };
  rerender(<CapabilityFacts capability={refused} />);
  expect(rowsOf(document.body)).toEqual(["Tested: 20 Nov 2026, refused by its moderation", "Took: "]);
});

test("a model's games against another are counted, with what the fit predicts", () => {
  const games = { wins: 6, losses: 3, ties: 1, bothBad: 0, predicted: 0.6 };
  const rows = [{ opponent: { slug: "bea", name: "Bea" }, ...games }] as ModelView["headToHead"];
  render(<HeadToHead rows={rows} />);
  const row = screen.getByRole("listitem");
  expect(row.textContent).toBe("against Bea6 won3 lost65% · fit says 60%");
  screen.getByRole("img", { name: "6 won, 1 ties, 0 both bad, 3 lost" });
});
