import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { readBattleImage } from "@/lib/battles/read-battle-image";
import type { Prisma } from "@/lib/db/generated/client";
import type { BattleView } from "@/lib/schemas/battles";
import { makeArena, vote } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let battle: BattleView;

beforeEach(async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 1, images: true });
  const { voterId } = await ensureVoter(null, database.db);
  battle = await createBattle({ board: arena.board, voterId }, database.db);
});

const read = (side: "left" | "right", size?: "original") => {
  const address = new URL(battle[side]?.url ?? "", "http://salon.test");
  const signature = address.searchParams.get("s") ?? "";
  return readBattleImage({ battleId: battle.battleId, part: side, signature, size }, database.db);
};
const change = (data: Prisma.BattleUncheckedUpdateInput) =>
  database.db.battle.update({ where: { id: battle.battleId }, data });
const sidesShown = async () => {
  const answers = await Promise.allSettled([read("left"), read("right")]);
  return answers.map((answer) => (answer.status === "fulfilled" ? "shown" : answer.reason.code));
};

describe("both images of a battle are shown or none", () => {
  test("both, of one format and one size, once both are there", async () => {
    const images = await Promise.all([read("left"), read("right")]);
    const kinds = await Promise.all(
      images.map(async ({ bytes, mediaType }) => {
        const { width, height, format } = await sharp(bytes).metadata();
        return { mediaType, width, height, format };
      }),
    );
    expect(kinds[0]).toEqual(kinds[1]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["the left one is still being made", () => change({ leftSampleId: null, state: "GENERATING" })],
    ["the right one is still being made", () => change({ rightSampleId: null, state: "GENERATING" })],
    ["the left one is missing", () => change({ leftSampleId: null })],
    ["the right one is missing", () => change({ rightSampleId: null })],
    ["both are made, but the battle is not open yet", () => change({ state: "GENERATING" })],
    [
      "one of the models has left the board",
      async () => {
        const { rightSample } = await database.db.battle.findUniqueOrThrow({
          where: { id: battle.battleId },
          include: { rightSample: true },
        });
        await database.db.model.update({ where: { id: rightSample?.modelId }, data: { listed: false } });
      },
    ],
  ])("neither while %s", async (_name, happen) => {
    expect(await sidesShown()).toEqual(["shown", "shown"]);
    await happen();
    expect(await sidesShown()).toEqual(["not_found", "not_found"]);
  });
});

test("an image is had in its own size after the vote alone, as the same kind of file without metadata", async () => {
  await expect(read("left", "original")).rejects.toMatchObject({ code: "forbidden" });
  await vote(database.db, battle, "tie");
  const images = await Promise.all([read("left", "original"), read("right", "original")]);
  const files = await Promise.all(images.map(({ bytes }) => sharp(bytes).metadata()));
  // The two models of the arena draw in these sizes, and write their names into their files.
  expect(files.map(({ width }) => width).sort()).toEqual([64, 80]);
  expect(files.map(({ format, exif }) => [format, exif])).toEqual(Array(2).fill(["webp", undefined]));
});
