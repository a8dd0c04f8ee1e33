import { cleanup } from "@testing-library/react";
import { render as renderBare } from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { BoardEmbed } from "@/components/share/board-embed";
import { ModelBadge } from "@/components/share/model-badge";
import { RatingHistoryPlot } from "@/components/plots/rating-history";
import { ForensicsPanel } from "@/components/runs/forensics-panel";
import { LiveRun } from "@/components/runs/live-run";
import { RunLinks } from "@/components/runs/run-links";
import { RunList } from "@/components/runs/run-list";
import { Comparison } from "@/components/runs/compare-runs";
import { LookedAt } from "@/components/runs/looked-at";
import type { RunComparison } from "@/lib/schemas/examination";
import type { RunView } from "@/lib/schemas/runs";
import type { RunSummary } from "@/lib/schemas/views";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";
import { servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/runs/run_1");
afterEach(cleanup);

const AT = "2026-01-01T00:00:00.000Z";
const MODEL: RunView["model"] = {
  ...{ slug: "flow", name: "Flow", creator: "Ours", listed: true, keptOff: null },
  submittedBy: "operator",
  ...{ paradigm: null, architecture: null, representation: null, textConditioning: null },
};
const run = (part: Partial<RunView>): RunView => ({
  ...{ runId: "run_1", source: "ENDPOINT", label: null, parameters: null, capability: null, uploads: [] },
  ...{ failedFor: null, pausedFor: null, weights: null, supersededAt: null, model: MODEL },
  ...{ promptSet: "12", total: 40, generated: 30, failed: 0, embedded: 20, samplesPerMinute: 60 },
  ...{ etaSeconds: 28, medianLatencyMs: 1200, costUsd: 2, costEstimatedUsd: 1, createdAt: AT },
  ...{ money: null, startedAt: AT, finishedAt: null, arena: null, recentSamples: [], failureCodes: [] },
  ...{ failures: [], metrics: {}, judging: [], unscored: [], canControl: true, state: "GENERATING" },
  ...part,
});
const money = { budgetUsd: 5, expectedUsd: 4, pricePerImageUsd: 0.1, priceSource: "list" } as const;
const upload = {
  ...{ uploadId: "upl_1", runId: "run_1", model: "flow", name: "1.zip", failedFor: null, sha256: null },
  ...{ bytes: 9, receivedBytes: 3, bytesUrl: "", layout: "index", files: 39, checked: 3, added: 3, same: 2 },
  ...{ passedOver: 0, problemCount: 0, createdAt: AT, finishedAt: null, problems: [] },
} as const;

/** With the messages that a run's page hands over, and those of the plots and lines of other pages. */
async function renderMarked(ui: ReactNode) {
  const { site, clips, models, moderation, plots, runs, share, submit, viewer } = await catalogueOf("en-XA");
  const { wrapper: Router } = pageRouter("/runs/run_1");
  const { unmount } = renderBare(
    <Router>
      <NextIntlClientProvider
        locale="en-XA"
        messages={{ site, clips, models, moderation, plots, runs, share, submit, viewer }}
        timeZone="UTC"
        onError={(error) => {
          throw error;
        }}
      >
        {ui}
      </NextIntlClientProvider>
    </Router>,
  );
  expect(outsideTexts(document.body)).toEqual([]);
  unmount();
}

test.each<[string, Partial<RunView>]>([
  [
    "queued, with its parameters",
    {
      state: "QUEUED",
      parameters: {
        ...{ imageSize: null, seeds: "none" as const, steps: 30, guidance: 7 },
        negativePrompt: null,
        extraFields: {},
        extraHeaders: {},
      },
    },
  ],
  ["generating, at a price", { money }],
  ["paused", { state: "PAUSED", pausedFor: "out_of_credit", money }],
  [
    "failed",
    { state: "FAILED", failedFor: { code: "too_few_made", failed: 3, total: 40, needed: 40, most: null } },
  ],
  ["that lacks samples", { failed: 3, failureCodes: [{ code: "429", count: 3 }] }],
  [
    "superseded and left out of the arena",
    {
      state: "PUBLISHED",
      supersededAt: AT,
      weights: "0123",
      unscored: ["12"],
      arena: { width: 64, height: 64, fits: true, misshapen: 2, withheld: 1, seedsTellSides: true },
    },
  ],
  [
    "uploaded",
    {
      source: "UPLOAD",
      uploads: (["RECEIVING", "READING", "FAILED", "DONE"] as const).map((state) => ({
        ...upload,
        state,
        uploadId: state,
        failedFor: state === "FAILED" ? { code: "nothing_fits" as const, files: 3 } : null,
      })),
    },
  ],
])("a run %s has no text outside of the catalogue", async (_case, part) => {
  const shown = run(part);
  api.on("GET /api/v1/runs/run_1", () => shown);
  await renderMarked(<LiveRun initial={shown} />);
});

test("nor have runs in a list, what is known of their files and links, and their comparison", async () => {
  const summary = {
    ...{ runId: "run_1", model: MODEL, label: null, state: "GENERATING", source: "UPLOAD", superseded: true },
    ...{ done: 3, total: 40, createdAt: AT },
  } as unknown as RunSummary;
  const remarks = [
    { code: "exact_copies", files: 2 },
    { code: "mixed_resolutions", resolutions: 2 },
    { code: "lossy" },
  ] as const;
  const link = {
    ...{ id: "lnk_1", label: "", revoked: false, expiresAt: AT, createdAt: AT },
    lastUsedAt: AT,
  };
  const compared = { ...{ runId: "run_1", model: "12", promptSet: "12", n: 40 } };
  const comparison = {
    ...{ state: "failed", first: compared, second: compared, prompts: 12, isWhole: false },
    ...{ alignment: null, encoders: [] },
  } as unknown as RunComparison;
  api.on("GET /api/v1/runs/run_1/links", () => ({ links: [link] }));
  await renderMarked(
    <>
      <RunList runs={[summary]} />
      <ForensicsPanel
        forensics={{
          ...{ n: 40, badge: "look", formats: {}, resolutions: {}, exactDuplicates: [], nearDuplicates: [] },
          ...{ narrowRange: [], corrupt: [], remarks: [...remarks] },
          totals: { exactDuplicates: 1, nearDuplicates: 1, narrowRange: 0, corrupt: 0 },
        }}
      />
      <RunLinks runId="run_1" initial={[link]} />
      <Comparison comparison={comparison} />
      <LookedAt
        which="closest"
        images={[
          {
            sampleId: "smp_1",
            url: "/1.png",
            prompt: "12",
            score: 0.5,
            neighbours: [{ url: "/2.png", distance: 2 }],
          },
        ]}
      />
    </>,
  );
});

test("nor have the history of ratings, a badge and the line that frames a board", async () => {
  const points = [10, 20].map((votes) => ({
    ...{ model: "12", name: "12", votes, createdAt: AT },
    ...{ rating: 1000, low: 990, high: 1010 },
  }));
  await renderMarked(
    <>
      <RatingHistoryPlot points={points} />
      <RatingHistoryPlot points={[]} />
      <BoardEmbed board="12" name="12" />
      <ModelBadge slug="12" name="12" />
    </>,
  );
});
