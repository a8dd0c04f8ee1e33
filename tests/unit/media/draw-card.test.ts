import sharp from "sharp";
import { expect, test } from "vitest";
import "@/lib/media/decode-image";
import { boardCard, personalCard } from "@/components/share/share-card";
import { drawCard } from "@/lib/media/draw-card";
import type { CardMark } from "@/lib/schemas/card-marks";

const text = (words: string): CardMark => ({
  kind: "text",
  text: words,
  ...{ left: 10, top: 10, size: 40, colour: "#000000" },
});

/** How many pixels are not the background's white. */
async function inked(marks: CardMark[]): Promise<number> {
  const { data, info } = await sharp(await drawCard(marks, "#ffffff"))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([1200, 630]);
  return data.filter((value) => value < 128).length;
}

test("a card is drawn without SVG, which is read nowhere, and a name's markup is letters", async () => {
  expect(await inked([])).toBe(0);
  const plain = await inked([text("name")]);
  expect(plain).toBeGreaterThan(100);
  expect(await inked([text("<b>name</b> & more")])).toBeGreaterThan(2 * plain);
});

test("a board's card is drawn before its first vote, and with a model that no other is near", async () => {
  const board = { slug: "b", name: "Board", votes: 0, ranked: 0, leaders: [] };
  expect(await inked(boardCard(board, "Salon"))).toBeGreaterThan(0);
  const leader = {
    model: "m",
    modelId: "mdl",
    name: "Model",
    creator: "Lab",
    rank: 1,
    rankLow: 1,
    rankHigh: 1,
  };
  const alone = { ...leader, rating: 1000, ratingLow: 1000, ratingHigh: 1000, votes: 3, provisional: true };
  const leaders = [alone as unknown as (typeof board.leaders)[number]];
  expect(await inked(boardCard({ ...board, votes: 3, ranked: 1, leaders }, "Salon"))).toBeGreaterThan(0);
});

test("a voter's own card is drawn whatever the names and however many the votes", async () => {
  const row = { model: "m", name: "W".repeat(80), rating: 1000, ratingLow: 900, ratingHigh: 1100, votes: 9 };
  const ranks = { rank: 1, rankLow: 1, rankHigh: 12, boardRating: null, boardRank: null };
  const rows = Array.from({ length: 12 }, () => ({ ...row, ...ranks }));
  const card = personalCard(
    { board: "W".repeat(80), votes: 1_234_567, needed: 0, rows },
    "Salon of a long name",
  );
  expect(await inked(card)).toBeGreaterThan(0);
});
