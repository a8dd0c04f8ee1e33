import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { Voting } from "@/components/comparisons/voting";
import type { ComparisonVoteResponse, PairResponse } from "@/lib/schemas/comparisons";
import { servePage } from "@/tests/support/page-api";

/** A comparison of three pairs, as its two routes answer. */
const api = { handed: [] as string[], votes: [] as { pairId: string; outcome: string }[], names: false };
const OF = 3;
const page = servePage("/comparisons/cmp_1/vote");

beforeEach(() => {
  Object.assign(api, { handed: [], votes: [], names: false });
  page.on("POST /api/v1/comparisons/cmp_1/pairs", ({ body }): PairResponse => {
    const { besides } = body as { besides?: string };
    const open = api.handed.filter((id) => !api.votes.some(({ pairId }) => pairId === id));
    const again = open.find((id) => id !== besides);
    const made = again ?? (api.handed.length < OF ? `cvt_${api.handed.length + 1}` : null);
    if (made !== null && !api.handed.includes(made)) api.handed.push(made);
    const path = `/media/comparisons/${made}`;
    return {
      progress: { done: api.votes.length, of: OF },
      pair:
        made === null
          ? null
          : {
              pairId: made,
              prompt: `prompt of ${made}`,
              category: "objects",
              sources: made === "cvt_1" ? [`${path}/source-0`] : [],
              left: { url: `${path}/left` },
              right: { url: `${path}/right` },
              size: { width: 64, height: 64 },
              clip: null,
              question: "Which is sharper?",
            },
    };
  });
  page.on("POST /api/v1/comparisons/cmp_1/votes", ({ body }): ComparisonVoteResponse => {
    const vote = body as { pairId: string; outcome: "left" };
    api.votes.push(vote);
    const names = api.names ? { left: "Step 1000", right: "Step 2000" } : null;
    return { outcome: vote.outcome, done: api.votes.length, names };
  });
});

const comparison = { comparisonId: "cmp_1", question: null, isOwner: false };
const bar = () =>
  within(screen.getByRole("group", { name: "Your vote" })).getAllByRole<HTMLButtonElement>("button");
const open = () => waitFor(() => expect(bar()[0].disabled).toBe(false));
const press = (key: string) => fireEvent.keyDown(document.body, { key });

test("pairs come one after another without names, with the count, to an end that says so; each is voted on once", async () => {
  render(<Voting comparison={comparison} />);
  await screen.findByText("Which is sharper?");
  screen.getByRole("img", { name: "Source image" });
  expect(screen.getByText("0 of 3")).toBeTruthy();
  await open();
  press("a");
  press("a");
  await screen.findByText("“prompt of cvt_2”");
  expect(screen.getByText("1 of 3")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Next pair/ })).toBeNull();
  expect(screen.queryByRole("img", { name: "Source image" })).toBeNull();
  await open();
  fireEvent.click(bar()[1]);
  await screen.findByText("“prompt of cvt_3”");
  await open();
  press("x");
  await screen.findByRole("heading", { name: "That was all" });
  screen.getByText(/all 3 pairs/);
  expect(screen.queryByRole("link", { name: "What people say" })).toBeNull();
  expect(api.votes).toEqual([
    { pairId: "cvt_1", outcome: "left" },
    { pairId: "cvt_2", outcome: "tie" },
    { pairId: "cvt_3", outcome: "both_bad" },
  ]);
});

test("where the owner lets people know, names stand under the images after the vote, until the voter goes on", async () => {
  api.names = true;
  render(<Voting comparison={comparison} />);
  await open();
  expect(screen.queryByText("Step 1000")).toBeNull();
  press("b");
  await screen.findByText("Step 1000");
  screen.getByText("Step 2000");
  press("Enter");
  await screen.findByText("“prompt of cvt_2”");
  expect(screen.queryByText("Step 1000")).toBeNull();
});

test("the owner, who has seen all, is led to the results", async () => {
  api.handed = ["cvt_1", "cvt_2", "cvt_3"];
  api.votes = api.handed.map((pairId) => ({ pairId, outcome: "tie" }));
  render(<Voting comparison={{ ...comparison, isOwner: true }} />);
  const link = await screen.findByRole("link", { name: "What people say" });
  expect(link.getAttribute("href")).toBe("/comparisons/cmp_1");
  cleanup();
});
