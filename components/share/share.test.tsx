import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { badgeSvg } from "@/components/share/badge-svg";
import { boardFeed } from "@/components/share/board-feed";
import { BoardEmbed } from "@/components/share/board-embed";
import { embeddedBoard } from "@/components/share/embedded-board";
import { ModelBadge } from "@/components/share/model-badge";
import type { ModelStanding } from "@/lib/schemas/views";

const RANKING = {
  model: "m",
  modelId: "mdl_1",
  name: 'A <b> & "C"',
  creator: "Lab",
  submittedBy: null,
  rank: 2,
  rankLow: 1,
  rankHigh: 4,
  rating: 1100,
  ratingLow: 1050,
  ratingHigh: 1150,
  votes: 80,
  provisional: false,
} as unknown as NonNullable<ModelStanding["ranking"]>;
const STANDING: ModelStanding = {
  name: RANKING.name,
  creator: "Lab",
  board: { slug: "b", name: "Cats & <dogs>" },
  ranked: 10,
  ranking: RANKING,
};
const parsed = (xml: string) => new DOMParser().parseFromString(xml, "application/xml");

test("a badge says the board and the ranks that the votes leave open, and is well-formed whatever the board is called", () => {
  const badge = parsed(badgeSvg(STANDING)).documentElement;
  expect(badge.nodeName).toBe("svg");
  expect(badge.getAttribute("aria-label")).toBe("Cats & <dogs>: rank 1–4 of 10");
  const texts = [...badge.getElementsByTagName("text")].map(({ textContent }) => textContent);
  expect(texts).toEqual(["Cats & <dogs>", "rank 1–4 of 10"]);
  const unranked = badgeSvg({
    ...STANDING,
    ranking: { ...RANKING, rank: null, rankLow: null, rankHigh: null },
  });
  expect(parsed(unranked).documentElement.getAttribute("aria-label")).toBe("Cats & <dogs>: not ranked yet");
});

test("a feed has one entry a day, newest first, whose text no model's name can break", () => {
  const place = { slug: "m", name: "A <script>", rank: 2, rankLow: 1, rankHigh: 3 };
  const feed = boardFeed(
    {
      board: "b",
      name: "Board",
      snapshot: "snp_2",
      days: [
        {
          snapshot: "snp_2",
          createdAt: "2026-01-02T09:00:00.000Z",
          votes: 12,
          entered: [],
          moved: [{ ...place, from: 4 }],
        },
        { snapshot: "snp_1", createdAt: "2026-01-01T09:00:00.000Z", votes: 1, entered: [place], moved: [] },
      ],
    },
    { origin: "https://salon.example", name: "Salon" },
  );
  const entries = feed.split("<entry>").slice(1);
  const told = (entry: string, tag: string) =>
    new RegExp(`<${tag} type="html"><!\\[CDATA\\[(.*?)\\]\\]></${tag}>`).exec(entry)?.[1];
  expect(entries.map((entry) => told(entry, "title"))).toEqual(["1 changed rank", "1 new model"]);
  const shown = new DOMParser().parseFromString(told(entries[0], "content")!, "text/html");
  expect(shown.querySelector("li")?.textContent).toBe("A <script>: rank 2 (1–3), was 4 on the day before");
  expect(shown.querySelector("p")?.textContent).toContain("After 12 votes.");
  expect(entries[1]).toContain("<updated>2026-01-01T09:00:00.000Z</updated>");
});

test("a model's page gives the badge as Markdown with the address its reader came by", () => {
  render(<ModelBadge slug="my-model" name="My [best] model" />);
  expect(screen.getByLabelText<HTMLInputElement>("Markdown").value).toBe(
    `[![Rank of My best model](${window.location.origin}/media/models/my-model/badge.svg)](${window.location.origin}/models/my-model)`,
  );
});

test("a board for other sites' frames has ranks, intervals and votes, no script, and no name can break it", () => {
  const standing = { slug: "b", name: "Cats & <script>", votes: 80, ranked: 10, leaders: [RANKING] };
  const html = embeddedBoard(standing, { origin: "https://salon.example", name: "Salon" });
  const page = new DOMParser().parseFromString(html, "text/html");
  expect(page.querySelector("h1")?.textContent).toBe("Cats & <script>");
  expect([...page.querySelectorAll("tbody tr")].map(({ textContent }) => textContent)).toEqual([
    `1–4${RANKING.name}Lab11001050 to 115080`,
  ]);
  expect(page.querySelectorAll("script, form, input, button")).toHaveLength(0);
  const links = [...page.querySelectorAll("a")];
  expect(links.map((each) => each.getAttribute("target"))).toEqual(links.map(() => "_blank"));
  expect(links[0].getAttribute("href")).toBe("https://salon.example/leaderboard/b");
  const empty = embeddedBoard({ ...standing, leaders: [] }, { origin: "", name: "Salon" });
  expect(empty).toContain("No model is ranked yet");
});

test("a board gives the line that frames it, with the address its reader came by", () => {
  render(<BoardEmbed board="b" name={'Cats & "<dogs>"'} />);
  expect(screen.getByLabelText<HTMLInputElement>("HTML").value).toBe(
    `<iframe src="${window.location.origin}/embed/b" title="Cats  dogs" width="100%" height="480" style="border:0"></iframe>`,
  );
});
