import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { LeaderboardTable } from "@/components/leaderboard/leaderboard-table";
import { FIRST_ROWS, parseTableState } from "@/components/leaderboard/table-state";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";
import { pageRouter } from "@/tests/support/page-router";
import { servePage } from "@/tests/support/page-api";

const PATH = "/leaderboard/text-to-image";
const API = "/api/v1/leaderboards/text-to-image";
const api = servePage(PATH);

type Value = { value: number; comparable: boolean };

const row = (name: string, rank: number, fd: Value | null, part: Partial<LeaderboardRow> = {}) => ({
  model: name.toLowerCase(),
  modelId: name,
  name,
  creator: `${name} Labs`,
  submittedBy: "operator" as const,
  rank,
  rankLow: rank,
  rankHigh: rank,
  rating: 1100 - rank * 10,
  ratingLow: 1090 - rank * 10,
  ratingHigh: 1110 - rank * 10,
  withJudge: null,
  elo: null,
  votes: 10,
  provisional: false,
  winRate: null,
  pricePerImageUsd: null,
  pricePerMegapixelUsd: null,
  medianLatencyMs: null,
  released: null,
  openWeights: null,
  licence: null,
  parameters: null,
  paradigm: null,
  architecture: null,
  representation: null,
  textConditioning: null,
  metrics: fd
    ? {
        "fd-toybox": {
          low: null,
          high: null,
          n: 10,
          protocol: "p",
          caveat: null,
          commonPrompts: false,
          soFar: false,
          ...fd,
        },
      }
    : {},
  bestRun: null,
  files: null,
  ...part,
});

const board: Leaderboard = {
  board: { slug: "text-to-image", name: "Text to image", description: "", isVideo: false },
  category: null,
  categories: ["objects"],
  promptSets: [{ slug: "toybox", name: "Toybox" }],
  metricSet: "toybox",
  apartVotes: 0,
  snapshot: null,
  judges: [],
  withJudge: null,
  styleControl: null,
  rows: [
    row(
      "Ada",
      1,
      { value: 30, comparable: true },
      { openWeights: true, paradigm: "GAN", medianLatencyMs: 900 },
    ),
    row(
      "Bea",
      2,
      { value: 5, comparable: false },
      { openWeights: false, paradigm: "GAN", pricePerImageUsd: 0.04 },
    ),
    row(
      "Cai",
      3,
      { value: 20, comparable: true },
      { openWeights: true, paradigm: "flow matching", licence: "MIT", pricePerImageUsd: 0.005 },
    ),
    row("Dov", 4, null, { medianLatencyMs: 100, licence: "MIT" }),
  ],
  metricColumns: {},
  ownColumns: [],
  numbers: ["elo"],
};

/** The board as its page shows it at an address with this query. */
function open(query = "", of: Leaderboard = board) {
  window.happyDOM.setURL(`${window.location.origin}${PATH}${query && `?${query}`}`);
  const router = pageRouter(PATH);
  render(<LeaderboardTable board={of} initial={parseTableState(new URLSearchParams(query))} />, {
    wrapper: router.wrapper,
  });
  return router;
}
const table = () => within(screen.getByRole("table"));
const names = () =>
  table()
    .getAllByRole("link")
    .map(({ textContent }) => textContent);
const headers = () =>
  table()
    .getAllByRole("columnheader")
    .map(({ textContent }) => textContent?.replace(/What this means: .*/, ""));
const sortBy = (name: RegExp) => fireEvent.click(table().getByRole("button", { name }));
const sorting = (name: RegExp) => table().getByRole("columnheader", { name }).getAttribute("aria-sort");
const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const query = () => window.location.search;

describe("a board", () => {
  test("is sorted by rank at first, and by a column's heading, and says so to screen readers and in its address", async () => {
    open();
    expect(names()).toEqual(["Ada", "Bea", "Cai", "Dov"]);
    expect(sorting(/^Rank/)).toBe("ascending");
    sortBy(/^Rating/);
    expect(sorting(/^Rating/)).toBe("descending");
    expect(sorting(/^Rank/)).toBe("none");
    sortBy(/^Rating/);
    expect(names()).toEqual(["Dov", "Cai", "Bea", "Ada"]);
    await waitFor(() => expect(query()).toBe("?sort=rating"));
    sortBy(/^Latency/);
    expect(names().slice(0, 2)).toEqual(["Dov", "Ada"]);
  });

  test("never ranks a value that may not be compared by that value", () => {
    open();
    sortBy(/^FD/i);
    expect(names().slice(0, 2)).toEqual(["Cai", "Ada"]);
    sortBy(/^FD/i);
    expect(names().slice(0, 2)).toEqual(["Ada", "Cai"]);
    expect(names().slice(2).sort()).toEqual(["Bea", "Dov"]);
  });

  test("shows what is searched and filtered, keeps it in its address, and all of it again on demand", async () => {
    open("category=objects");
    choose("Paradigm", "GAN");
    expect(names()).toEqual(["Ada", "Bea"]);
    choose("Weights", "no");
    expect(names()).toEqual(["Bea"]);
    await waitFor(() => expect(query()).toBe("?category=objects&paradigm=GAN&open=no"));
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "nobody" } });
    screen.getByText("No model matches.");
    fireEvent.click(screen.getByRole("button", { name: "Clear the filters" }));
    expect(names()).toHaveLength(4);
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "cai labs" } });
    expect(names()).toEqual(["Cai"]);
    await waitFor(() => expect(query()).toBe("?category=objects&q=cai+labs"));
  });

  test("takes a filter back on Back, and what is typed is no step of its own", async () => {
    open("sort=-latency");
    const steps = window.history.length;
    choose("Weights", "yes");
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "ada" } });
    expect(names()).toEqual(["Ada"]);
    expect(query()).toBe("?sort=-latency&open=yes&q=ada");
    expect(window.history.length).toBe(steps + 1);
    // The browser goes back: the address first, then it says so.
    window.happyDOM.setURL(`${window.location.origin}${PATH}?sort=-latency`);
    fireEvent.popState(window);
    expect(names()).toHaveLength(4);
    expect(query()).toBe("?sort=-latency");
  });

  test("is cut by price, speed and licence, from a link too, and says of how many a limit could not be checked", () => {
    open("price=10&licence=MIT");
    expect(names()).toEqual(["Cai"]);
    screen.getByText("Left out: 1 model of unknown price.");
    choose("Price", "");
    expect(names()).toEqual(["Cai", "Dov"]);
    choose("Licence", "");
    choose("Speed", "0.5");
    expect(names()).toEqual(["Dov"]);
    screen.getByText("Left out: 2 models of unknown speed.");
    expect(query()).toBe("?latency=0.5");
  });

  test("is cut by the size of the network, where it is known, and says of how many it is not", () => {
    const rows = board.rows.map((row, index) => ({ ...row, parameters: [5e6, 12e9, null, null][index] }));
    open("size=1000000000", { ...board, rows });
    expect(names()).toEqual(["Ada"]);
    screen.getByText("Left out: 2 models of unknown size.");
    const options = within(screen.getByLabelText("Size")).getAllByRole("option");
    expect(options.map(({ textContent }) => textContent)).toContain("Up to 1B parameters");
    choose("Size", "");
    expect(names()).toHaveLength(4);
    expect(query()).toBe("");
  });

  test("calls nothing an image on a board of videos", () => {
    open("", { ...board, board: { ...board.board, isVideo: true } });
    expect(document.body.textContent).not.toMatch(/image/i);
    expect(document.body.textContent).toContain("Per 1k videos");
  });

  test("shows a column that no model has a value in only where it is asked for", () => {
    open();
    const shown = () => headers().map((text) => text?.trim());
    expect(shown()).toEqual(["Rank", "Model", "Rating", "FD-toybox", "Per 1k images", "Latency"].map((label) => expect.stringContaining(label))); // prettier-ignore
    expect(shown()).not.toContain("Per megapixel");
  });

  test("on a phone keeps its filters in a sheet whose button says how many are set", async () => {
    open("open=yes&category=objects");
    fireEvent.click(screen.getByRole("button", { name: "Filters (1)" }));
    const sheet = within(await screen.findByRole("dialog", { name: "Filters" }));
    fireEvent.change(sheet.getByLabelText("Paradigm"), { target: { value: "GAN" } });
    fireEvent.click(sheet.getByRole("button", { name: "Show 1 model" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(names()).toEqual(["Ada"]);
    screen.getByRole("button", { name: "Filters (2)" });
  });

  test("is what its address says", () => {
    open("sort=-latency&open=yes&cols=latency.creator");
    expect(names()).toEqual(["Ada", "Cai"]);
    expect(headers().map((text) => text?.trim())).toEqual(["Rank", "Model", "Creator", "Latency"]);
    expect(sorting(/^Latency/)).toBe("descending");
  });

  test("shows and hides a column by its tick, and keeps that in its address", async () => {
    open("cols=latency");
    fireEvent.click(screen.getByRole("button", { name: "Columns" }));
    fireEvent.click(await screen.findByRole("checkbox", { name: "Votes" }));
    expect(headers().map((text) => text?.trim())).toEqual(["Rank", "Model", "Votes", "Latency"]);
    await waitFor(() => expect(query()).toBe("?cols=votes.latency"));
    fireEvent.click(screen.getByRole("checkbox", { name: "Latency" }));
    expect(headers().map((text) => text?.trim())).toEqual(["Rank", "Model", "Votes"]);
    await waitFor(() => expect(query()).toBe("?cols=votes"));
  });

  test("asks the server for another category, and keeps the rest of its address", async () => {
    const router = open("sort=-latency");
    choose("Category", "objects");
    await waitFor(() => expect(router.visited).toEqual([`${PATH}?sort=-latency&category=objects`]));
  });
});

describe("a board of more models than come with its page", () => {
  const many: Leaderboard = {
    ...board,
    rows: Array.from({ length: 130 }, (_, i) => row(`Model ${i + 1}`, i + 1, null)),
  };
  /** By hand: looking for so many rows by their role takes half a minute. */
  const rows = () =>
    [...document.querySelectorAll("tbody tr")].map((row) => row.querySelector("a")?.textContent);
  const openFirst = (query = "") => {
    api.on(`GET ${API}`, () => many);
    window.happyDOM.setURL(`${window.location.origin}${PATH}${query && `?${query}`}`);
    render(
      <LeaderboardTable
        board={{ ...many, rows: many.rows.slice(0, FIRST_ROWS) }}
        models={many.rows.length}
        initial={parseTableState(new URLSearchParams(query))}
      />,
      { wrapper: pageRouter(PATH).wrapper },
    );
  };

  test("shows the first, asks for nothing, and shows all once it is asked to", async () => {
    openFirst();
    expect(rows()).toHaveLength(FIRST_ROWS);
    expect(screen.getByText(/The first 100 of 130 models/)).toBeTruthy();
    expect(api.of(`GET ${API}`)).toEqual([]);
    fireEvent.click(screen.getByText("Show all"));
    await waitFor(() => expect(rows()).toHaveLength(130));
    expect(screen.queryByText(/The first 100/)).toBeNull();
  });

  test("finds and sorts among all models, not among the first", async () => {
    openFirst();
    fireEvent.change(screen.getByPlaceholderText("Search"), { target: { value: "Model 12" } });
    await waitFor(() => expect(rows()).toEqual(expect.arrayContaining(["Model 12", "Model 129"])));
  });
});
