import { cleanup, fireEvent, screen } from "@testing-library/react";
import { render as renderBare } from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { Drift } from "@/components/models/drift";
import { EditModel } from "@/components/models/edit-model";
import { Gallery } from "@/components/models/gallery";
import { HiddenModel } from "@/components/models/hidden-model";
import { KeptOffNote } from "@/components/models/kept-off-note";
import { ModelControls } from "@/components/models/model-controls";
import { ModelFacts } from "@/components/models/model-facts";
import { ModelHeader } from "@/components/models/model-header";
import { OwnPrompts } from "@/components/models/own-prompts";
import { PublishedElsewhere } from "@/components/models/published-elsewhere";
import { TestEndpoint } from "@/components/models/test-endpoint";
import type { DriftFinding } from "@/lib/schemas/endpoints/drift";
import type { ModelView } from "@/lib/schemas/views";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

const ROW = { rankLow: 1, rankHigh: 2, rating: 1040, ratingLow: 1000, ratingHigh: 1080, elo: 1033 };
const MODEL = {
  ...{ slug: "flow", name: "Flow", creator: "Ours", task: "TEXT_TO_IMAGE", description: "A model." },
  ...{ bundled: false, submittedBy: "visitor", listed: false, own: true, canChange: true, revision: 1 },
  ...{ keptOff: { why: "waiting", reason: "soon" }, ownPrompts: null, board: null, drift: null },
  ...{ paradigm: "flow matching", architecture: null, representation: null, textConditioning: null },
  ...{ openWeights: true, licence: "Apache-2.0", parameters: 5_300_000, released: "2026-11-01" },
  ...{ pricePerImageUsd: 0.04, spent: { usd: 1.5, estimatedUsd: 0.5 }, metrics: {}, bestRun: null },
  prices: [
    { pricePerImageUsd: 0.04, source: null, by: "operator", at: "2026-11-02T00:00:00Z" },
    { pricePerImageUsd: 0.05, source: null, by: "submitter", at: "2026-11-01T00:00:00Z" },
  ],
  elsewhere: {
    name: "Flow",
    published: [
      { by: "Them", address: "https://them.example", seen: "2026-11-01", what: "Elo", value: 1100 },
    ],
  },
  endpoint: {
    ...{ url: "https://host/v1", format: "http", formatOptions: {}, providerModel: "flow-2" },
    ...{ imageSize: "64x64", concurrency: 2, timeoutSeconds: 60, keyEnds: "abc", hasKey: true, version: 2 },
  },
  row: { ...ROW, votes: 12, winRate: 0.6, pricePerMegapixelUsd: 9.8, medianLatencyMs: 2400 },
} as unknown as ModelView;

/** With the messages that a model's page hands over, those of its server components besides. */
async function openMarked(page: ReactNode) {
  const { site, models, moderation, leaderboard } = await catalogueOf("en-XA");
  const { wrapper: Router } = pageRouter("/models/flow");
  renderBare(
    <Router>
      <NextIntlClientProvider
        locale="en-XA"
        messages={{ site, models, moderation, leaderboard }}
        timeZone="UTC"
        onError={(error) => {
          throw error;
        }}
      >
        {page}
      </NextIntlClientProvider>
    </Router>,
  );
}
const outside = () => outsideTexts(document.body);
test("a model's head and facts have no text outside of the catalogue, nor has what its owner can do", async () => {
  await openMarked(
    <>
      <ModelHeader model={{ ...MODEL, drift: null }} changing={{ kind: "open" }} />
      <ModelFacts model={MODEL} />
      <PublishedElsewhere elsewhere={MODEL.elsewhere} />
      <HiddenModel />
    </>,
  );
  expect(outside()).toEqual([]);
});

test("nor have its drift, its tests, its visitors' prompts and its controls", async () => {
  const changed: DriftFinding = {
    ...{ at: "2026-11-20T08:00:00.000Z", verdict: "changed" },
    ...{ distance: 20.3, low: 15, high: 25.5, prompts: 8 },
  };
  const watch = { everyDays: null, images: 16, costUsd: null, last: changed, isUnderWay: true };
  await openMarked(
    <>
      <Drift slug="flow" drift={{ changed, splitAt: "2026-10-01T00:00:00.000Z", watch }} />
      <EditModel model={MODEL} />
      <ModelControls slug="flow" name="Flow" listed own={false} />
      <OwnPrompts slug="flow" revision={1} perDay={50} used={12} usd={0} />
      <TestEndpoint slug="flow" priceUsd={null} />
      <KeptOffNote keptOff={{ why: "rejected", reason: null }} />
    </>,
  );
  // Every question is asked.
  for (const button of screen.getAllByRole("button", { name: /\[/ }))
    if (button.getAttribute("type") === "button" && button.isConnected) fireEvent.click(button);
  expect(screen.getAllByRole("group").length).toBeGreaterThan(2);
  expect(outside()).toEqual([]);
});

test("nor has its gallery, whatever is chosen in it", async () => {
  const samples = [true, false].map((allCorrect, index) => ({
    ...{
      sampleId: `smp_${index}`,
      url: `/media/samples/${index}.png`,
      prompt: "a red fox",
      category: "colour",
    },
    allCorrect,
  }));
  await openMarked(<Gallery samples={samples} />);
  expect(outside()).toEqual([]);
});
