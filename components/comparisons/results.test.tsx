import { fireEvent, render, renderHook, screen, waitFor } from "@testing-library/react";
import { useTranslations } from "next-intl";
import { beforeEach, expect, test } from "vitest";
import { AskPeople } from "@/components/comparisons/ask-people";
import { speaksForText } from "@/components/comparisons/pair-share";
import { ComparisonResultsView } from "@/components/comparisons/results";
import type { ClipPair } from "@/lib/schemas/battles";
import type { ComparedPrompts, ComparisonResults, CreatedComparison } from "@/lib/schemas/comparisons";
import { serveClipTime } from "@/tests/support/clip-time";
import { Refusal, servePage } from "@/tests/support/page-api";

const { pass, passTo, frames, all, press } = serveClipTime();
const page = servePage("/comparisons/cmp_1");

const share = { votes: 20, value: 0.7, low: 0.5, high: 0.85, speaksFor: ["voters", "prompts"] as ["voters", "prompts"] }; // prettier-ignore
const counts = { voters: 5, prompts: 10, firstWins: 13, secondWins: 5, ties: 2, bothBad: 0 };
const results: ComparisonResults = {
  comparisonId: "cmp_1",
  name: "Which step?",
  question: null,
  pairsPerVoter: 50,
  showsNames: false,
  promptSet: "Posters",
  runs: ["1000", "2000", "3000"].map((step) => ({ runId: `run_${step}`, name: `Step ${step}` })),
  votes: 20,
  voters: 5,
  ownVotes: 3,
  archived: false,
  revision: 1,
  createdAt: "2026-11-30T00:00:00.000Z",
  pairs: [
    { first: "run_1000", second: "run_2000", votes: 20, ...counts, share, categories: [] },
    { first: "run_1000", second: "run_3000", votes: 0, ...counts, voters: 0, share: null, categories: [] },
  ],
};
let clips: ClipPair | null = null;
const promptsOf = (query: URLSearchParams): ComparedPrompts => ({
  first: { runId: query.get("first")!, name: "Step 1000" },
  second: { runId: query.get("second")!, name: "Step 2000" },
  categories: ["objects"],
  total: 1,
  offset: 0,
  pageSize: 20,
  prompts: [
    {
      key: "p1",
      text: `a cat, ${query.get("disagreement")}`,
      category: "objects",
      sources: [],
      first: [{ sampleId: "smp_1", url: "/media/samples/smp_1" }],
      second: [{ sampleId: "smp_2", url: "/media/samples/smp_2" }],
      clips: [clips],
      people: { value: 0.75, n: 4 },
      judges: { value: -0.25, n: 2 },
      metrics: null,
    },
  ],
});

beforeEach(() => {
  clips = null;
  page.on("GET /api/v1/comparisons/cmp_1", () => results);
  page.on("GET /api/v1/comparisons/cmp_1/prompts", ({ query }) => promptsOf(query));
});

test("the owner reads share, interval and whom it speaks of, chooses the pair, and filters prompts by disagreement", async () => {
  render(<ComparisonResultsView initial={results} />);
  screen.getByText("70%", { selector: "span" });
  screen.getByText(/speaks of other people and other prompts/);
  screen.getByText(/3 votes of them yours/);
  await screen.findByText("a cat, all");
  screen.getByText("75% for Step 1000");
  screen.getByText("−0.25 for Step 1000");
  fireEvent.change(screen.getByLabelText("Show"), { target: { value: "people-judges" } });
  await screen.findByText("a cat, people-judges");
  fireEvent.change(screen.getByLabelText("Of which two runs"), { target: { value: "1" } });
  await screen.findByText("No vote on these two yet.");
  await waitFor(() =>
    expect(page.of("GET /api/v1/comparisons/cmp_1/prompts").at(-1)!.query.get("second")).toBe("run_3000"),
  );
});

test("two videos stand still in the list and open to play in step, with their keys, which leave with them", async () => {
  const [first, second] = ["/media/samples/smp_1?beside=smp_2", "/media/samples/smp_2?beside=smp_1"];
  clips = { frames: 17, columns: 5, rate: 8, first, second };
  const ofVideos = { ...results, comparisonId: "cmp_2" };
  page.on("GET /api/v1/comparisons/cmp_2", () => ofVideos);
  page.on("GET /api/v1/comparisons/cmp_2/prompts", ({ query }) => promptsOf(query));
  render(<ComparisonResultsView initial={ofVideos} />);
  const [still] = await screen.findAllByRole("img", { name: "a cat, all, by Step 1000" });
  expect(still.getAttribute("src")).toBe("/media/samples/smp_1?size=still");
  expect(frames()).toEqual([]);
  fireEvent.click(screen.getAllByRole("button", { name: "Play both: a cat, all" })[0]);
  const dialog = await screen.findByRole("dialog");
  expect([...dialog.querySelectorAll("img")].map((image) => image.getAttribute("src"))).toEqual([
    first,
    second,
  ]);
  all(0);
  pass(0);
  for (const frame of [1, 9, 16, 17]) {
    passTo(frame * 125 + 1);
    all(frame % 17);
  }
  press("p", dialog);
  press(".", dialog);
  all(1);
  pass(5000);
  all(1);
  press("Escape", dialog);
  await waitFor(() => expect(frames()).toEqual([]));
});

test("an interval of few voters says that it speaks of them alone", () => {
  const t = renderHook(() => useTranslations("comparisons")).result.current;
  expect(speaksForText(t, { speaksFor: [] }, 1)).toMatch(/this one person on these prompts alone/);
  expect(speaksForText(t, { speaksFor: ["prompts"] }, 3)).toMatch(/these 3 people alone/);
  expect(speaksForText(t, { speaksFor: ["voters"] }, 30)).toMatch(/on these prompts alone/);
});

test("asking people makes a link that is shown this once, of the two runs and those that were added; a refusal loses nothing", async () => {
  render(
    <AskPeople
      runs={results.runs.slice(0, 2)}
      more={[{ runId: "run_3000", name: "Step 3000, 64 samples" }]}
    />,
  );
  fireEvent.click(screen.getByRole("button", { name: "Ask people" }));
  fireEvent.change(screen.getByLabelText(/Question/), { target: { value: "Which is sharper?" } });
  fireEvent.click(screen.getByLabelText(/Step 3000/));
  page.on("POST /api/v1/comparisons", () => new Refusal(400, "invalid_request", "Another prompt set.", "runs")); // prettier-ignore
  const make = () => fireEvent.click(screen.getByRole("button", { name: "Make a link" }));
  make();
  await screen.findByText("Another prompt set.");
  const invite = { id: "cin_1", label: "", guests: 0, expiresAt: null, revoked: false, createdAt: results.createdAt }; // prettier-ignore
  page.on("POST /api/v1/comparisons", (): CreatedComparison => ({
    comparisonId: "cmp_2",
    invite: { ...invite, path: "/comparisons/join/secret" },
  }));
  make();
  const link = await screen.findByLabelText<HTMLInputElement>(/shown this once/);
  expect(link.value).toMatch(/\/comparisons\/join\/secret$/);
  expect(page.of("POST /api/v1/comparisons").at(-1)!.body).toEqual({
    name: "Step 1000 against Step 2000",
    question: "Which is sharper?",
    pairsPerVoter: 50,
    days: 30,
    showsNames: false,
    runs: ["run_1000", "run_2000", "run_3000"],
  });
});
