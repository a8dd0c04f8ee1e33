import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { createBattle } from "@/lib/battles/create-battle";
import { getBattle } from "@/lib/battles/get-battle";
import { readBattleImage } from "@/lib/battles/read-battle-image";
import { readVideo } from "@/lib/encoders/read-video";
import { inTransaction } from "@/lib/db/client";
import type { BattleView } from "@/lib/schemas/battles";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const SIDE = 64;
let battle: BattleView;
let ofSlow: "left" | "right";

/** A video whose frame t has the red of `shade(t)`, as an animated WebP. */
const video = (frames: number, rate: number, shade: (t: number) => number) => {
  const pixels = Array.from({ length: frames }, (_, t) =>
    Buffer.alloc(SIDE * SIDE * 3, Buffer.from([shade(t), 200, 40])),
  );
  const raw = { width: SIDE, height: SIDE * frames, channels: 3 as const, pageHeight: SIDE };
  return sharp(Buffer.concat(pixels), { raw })
    .webp({ lossless: true, delay: Array<number>(frames).fill(1000 / rate) })
    .toBuffer();
};

beforeEach(async () => {
  const { db } = database;
  const { board } = await makeArena(db, { models: 2, prompts: 1, images: true });
  await db.board.update({
    where: { slug: board },
    data: { modality: "TEXT_TO_VIDEO", imageWidth: SIDE, imageHeight: SIDE },
  });
  await db.model.updateMany({ data: { modality: "TEXT_TO_VIDEO" } });
  const samples = await db.sample.findMany({ orderBy: { id: "asc" } });
  const clips = [
    // Its fourth to sixth frame are alike: the file keeps them as one that is shown longer.
    await video(8, 4, (t) => 10 * (t < 3 || t > 5 ? t : 3)),
    await video(24, 8, (t) => 100 + 5 * t),
  ];
  for (const [i, bytes] of clips.entries()) {
    await inTransaction(async (tx) => {
      const { row } = await readVideo({ name: "a video", bytes });
      const [artifactHash] = await keepArtifacts([{ bytes, row }], tx);
      await tx.sample.update({ where: { id: samples[i].id }, data: { artifactHash } });
    }, db);
  }
  const { voterId } = await ensureVoter(null, db);
  battle = await createBattle({ board, voterId }, db);
  const { leftSampleId } = await db.battle.findUniqueOrThrow({ where: { id: battle.battleId } });
  ofSlow = leftSampleId === samples[0].id ? "left" : "right";
});

/** The red of each frame of a side's sheet, in order. */
async function frames(side: "left" | "right") {
  const signature = new URL(battle[side]!.url, "http://salon.test").searchParams.get("s") ?? "";
  const { bytes, mediaType } = await readBattleImage(
    { battleId: battle.battleId, part: side, signature },
    database.db,
  );
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const { frames, columns } = battle.clip!;
  const reds = Array.from({ length: frames }, (_, at) => {
    const [x, y] = [(at % columns) * SIDE + SIDE / 2, Math.floor(at / columns) * SIDE + SIDE / 2];
    return data[(y * info.width + x) * info.channels];
  });
  const { exif, icc, xmp, pages } = await sharp(bytes).metadata();
  return { reds, shape: { mediaType, width: info.width, height: info.height, exif, icc, xmp, pages } };
}

describe("two videos of a battle", () => {
  test("have one clock: as many frames each, at the same moments, as long as the shorter lasts", async () => {
    expect(battle.clip).toEqual({ frames: 16, columns: 4, rate: 8 });
    const [slow, fast] = await Promise.all([frames(ofSlow), frames(ofSlow === "left" ? "right" : "left")]);
    expect(slow.reds).toEqual([0, 0, 10, 10, 20, 20, 30, 30, 30, 30, 30, 30, 60, 60, 70, 70]);
    expect(fast.reds).toEqual(Array.from({ length: 16 }, (_, at) => 100 + 5 * at));
    expect(slow.shape).toEqual(fast.shape);
  });

  test("are told so to whoever asks for the battle again", async () => {
    const again = await getBattle({ battleId: battle.battleId, token: battle.token }, database.db);
    expect(again.clip).toEqual(battle.clip);
  });
});
