import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ExploredSamples } from "@/components/explorer/explored-samples";
import { PairVoteList } from "@/components/explorer/pair-vote-list";
import { PromptPicker } from "@/components/explorer/prompt-picker";
import { PairMatrix } from "@/components/leaderboard/pair-matrix";
import type { ExploredPrompts, ExploredSample, PairVote, PairVotes } from "@/lib/schemas/explorer";
import { SAMPLE_MARKS } from "@/lib/schemas/sample-marks";

afterEach(cleanup);

const images = { slug: "ours", isVideo: false };
const videos = { slug: "ours", isVideo: true };
const side = (slug: string) => ({ slug, name: slug.toUpperCase() });
const promptPage: ExploredPrompts = {
  promptSet: "toybox-v1",
  promptSets: [{ slug: "toybox-v1", name: "Toybox" }],
  categories: ["colour", "counting"],
  prompts: [
    { promptId: "prm_1", text: "a red star", category: "colour" },
    { promptId: "prm_2", text: "two stars", category: "counting" },
  ],
  looked: 2,
  next: 7,
};
const sample = (slug: string, more: Partial<ExploredSample> = {}): ExploredSample => ({
  ...{ model: side(slug), rank: 1, image: `/media/samples/smp_${slug}`, failure: null, latencyMs: null },
  ...{ grade: null, judges: [], marks: [], ...more },
});
const found = (samples: ExploredSample[]) => ({
  ...{ prompt: promptPage.prompts[0], samples, disputes: [], next: null },
});
const show = (samples: ExploredSample[], board = images) =>
  render(<ExploredSamples board={board} found={found(samples)} query={{}} isFirst />);
const vote = (more: Partial<PairVote> = {}): PairVote => ({
  ...{
    at: "2026-01-01T10:00:00.000Z",
    leftIs: "a",
    outcome: "left",
    prompt: "a red star",
    category: "colour",
  },
  ...{ excluded: null, images: null, clips: null, withheld: "arena", ...more },
});
const pairPage = (votes: PairVote[]): PairVotes => ({
  ...{ a: side("ada"), b: side("bea"), counted: { a: 3, b: 1, tie: 1, bothBad: 0 }, votes, next: "next_1" },
});

test("every prompt is a link that keeps what is searched for; the chosen one says so", () => {
  const asked = { q: "star", only: "failed" as const };
  render(<PromptPicker board={images} page={promptPage} asked={asked} chosen="prm_2" />);
  const [first, second] = within(screen.getByRole("list", { name: "Prompts found" })).getAllByRole("link");
  expect(first.getAttribute("href")).toBe("/leaderboard/ours/explore?q=star&only=failed&prompt=prm_1");
  expect([first, second].map((link) => link.getAttribute("aria-current"))).toEqual([null, "true"]);
  expect(screen.getByRole("link", { name: "Check more prompts" }).getAttribute("href")).toBe(
    "/leaderboard/ours/explore?q=star&only=failed&after=7",
  );
});

test("each filter is defined on the page in full, and of videos in their own word", () => {
  const meanings = (board: typeof videos) => {
    const { container } = render(<PromptPicker board={board} page={promptPage} asked={{}} chosen={null} />);
    const texts = [...container.querySelectorAll("dd")].map(({ textContent }) => textContent);
    cleanup();
    return texts;
  };
  expect(meanings(videos)).toHaveLength(SAMPLE_MARKS.length);
  for (const meaning of meanings(videos)) expect(meaning).not.toMatch(/image/);
  for (const meaning of meanings(images)) expect(meaning).not.toMatch(/video/);
});

test("a page on which nothing was found says whether there is more to look at", () => {
  const none = { ...promptPage, prompts: [], looked: 12 };
  const text = (page: ExploredPrompts, asked: object) => {
    render(<PromptPicker board={images} page={page} asked={asked} chosen={null} />);
    const { textContent } = screen.getByRole("status");
    cleanup();
    return textContent;
  };
  expect(text(none, { only: "failed" })).toBe("None of the 12 prompts checked matches.");
  expect(text({ ...none, next: null }, { q: "x" })).toBe("No prompt matches.");
  expect(text({ ...none, next: null }, {})).toMatch(/^No prompt to show/);
});

test("a failure is words in place of the image, never a number", () => {
  show([
    sample("ada", { image: null, failure: "timeout", marks: ["failed"] }),
    sample("bea", { image: null }),
  ]);
  screen.getByText("Failed: timed out");
  screen.getByText("No image: not asked yet, or not shown");
  expect(screen.queryByRole("img")).toBeNull();
});

test("what graders and judges say stands by each sample, in words; what is not known is left out", () => {
  show([
    sample("ada", {
      grade: { allCorrect: false, wrong: ["colours", "count"] },
      judges: [
        { judge: "Ours", rubric: "viescore@1", score: 0.8 },
        { judge: "Theirs", rubric: "viescore@1", score: null },
      ],
      marks: ["judge-metric"],
    }),
    sample("bea"),
  ]);
  const [ada, bea] = screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.closest("li")!);
  expect(ada.textContent).toMatch(/Judge and metric disagree.*wrong: colours, count.*0\.80.*no verdict/);
  expect(bea.querySelector("dl")).toBeNull();
});

test("a video is a link that plays it, and nothing on its page is called an image", () => {
  const { container } = show([sample("ada"), sample("bea", { image: null })], videos);
  screen.getByRole("link", { name: "Play: a red star, by ADA" });
  expect(container.textContent).not.toMatch(/image/i);
});

test("a vote says who won by name, whichever side they were on, and whether it counts", () => {
  const votes = [
    vote(),
    vote({ leftIs: "b" }),
    vote({ outcome: "both_bad", excluded: "a robot" }),
    vote({ prompt: null, withheld: "own-prompt" }),
  ];
  render(<PairVoteList board={images} page={pairPage(votes)} isFirst />);
  const texts = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(texts[0]).toMatch(/^ADA won/);
  expect(texts[1]).toMatch(/^BEA won/);
  expect(texts[2]).toMatch(/^Both bad.*not counted: a robot/);
  expect(texts[3]).toContain("Prompt not published");
  screen.getByText(/^5 counted votes: 3 for ADA, 1 for BEA, 1 tie, 0 both bad\./);
  expect(screen.getByRole("link", { name: "Older votes" }).getAttribute("href")).toBe(
    "/leaderboard/ours/votes?vs=ada,bea&before=next_1",
  );
});

test("both images of a vote stand as the voter saw them, the left one first, with names", () => {
  const shown = { a: "/media/samples/smp_a", b: "/media/samples/smp_b" };
  render(
    <PairVoteList
      board={images}
      page={pairPage([vote({ leftIs: "b", images: shown, withheld: null })])}
      isFirst
    />,
  );
  expect(screen.getAllByRole("img").map((image) => image.getAttribute("src"))).toEqual([shown.b, shown.a]);
});

test("both videos of a vote play in step, the one that stood on the left first", () => {
  const shown = { a: "/media/samples/smp_a", b: "/media/samples/smp_b" };
  const clips = { frames: 17, columns: 5, rate: 8, first: "/a.webp", second: "/b.webp" };
  const seen = vote({ leftIs: "b", images: shown, clips, withheld: null });
  render(<PairVoteList board={videos} page={pairPage([seen])} isFirst />);
  const stills = screen.getAllByRole("img").map((image) => image.getAttribute("src"));
  expect(stills).toEqual([`${shown.b}?size=still`, `${shown.a}?size=still`]);
  fireEvent.click(screen.getAllByRole("button", { name: "Play both: a red star" })[0]);
  const played = within(screen.getByRole("dialog")).getAllByRole("img");
  expect(played.map((frame) => frame.getAttribute("aria-label") ?? frame.getAttribute("alt"))).toEqual([
    "a red star, BEA, frame 1 of 17",
    "a red star, ADA, frame 1 of 17",
  ]);
});

test("a cell of the board's pairs leads to the votes between the two; one without votes leads nowhere", () => {
  const cell = (a: string, b: string, games: number) => ({
    ...{
      a,
      b,
      wins: games,
      losses: 0,
      ties: 0,
      bothBad: 0,
      games,
      observed: games ? 1 : null,
      predicted: 0.5,
    },
    ...{ predictedLow: 0, predictedHigh: 1, separated: false, directVotes: null, boardVotes: null },
  });
  const pairs = [cell("ada", "bea", 4), cell("bea", "ada", 4), cell("ada", "cai", 0), cell("cai", "ada", 0)];
  render(<PairMatrix board="ours" models={["ada", "bea", "cai"].map(side)} pairs={pairs} />);
  const links = within(screen.getByRole("table")).getAllByRole("link", { name: /votes/ });
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "/leaderboard/ours/votes?vs=ada,bea",
    "/leaderboard/ours/votes?vs=bea,ada",
  ]);
});
