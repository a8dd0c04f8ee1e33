import sharp from "sharp";
import { putArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { seededRandom } from "@/lib/numerics/random";
import { battleFor, makeArena, vote, type Arena } from "./arena-fixture";

let images = 0;

/** A grey image of some brightness, with some noise. */
function grey(seed: number, level: number, amplitude: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const data = Buffer.from(
    Array.from({ length: 3 * 256 }, () => Math.round(level + amplitude * random.normal())),
  );
  return sharp(data, { raw: { width: 16, height: 16, channels: 3 } })
    .png()
    .toBuffer();
}

/** An arena of three models, whose every sample is an image of its own brightness; votes go to the brighter one nine times in ten. */
export async function arenaOfBrightness(
  db: Db,
  votes: number,
): Promise<{ arena: Arena; cast: (votes: number) => Promise<void> }> {
  const arena = await makeArena(db, { models: 3, prompts: 6 });
  const random = seededRandom(7);
  const brightness = new Map<string, number>();
  const samples = await db.sample.findMany({
    where: { model: { id: { in: arena.models.map(({ id }) => id) } } },
  });
  for (const sample of samples) {
    const level = 70 + 110 * random.uniform();
    const bytes = await grey((images += 1), level, 2 + 10 * random.uniform());
    const sha256 = await putArtifact(bytes);
    await db.artifact.createMany({
      data: [{ sha256, bytes: bytes.length, mediaType: "image/png", width: 16, height: 16 }],
      skipDuplicates: true,
    });
    await db.sample.update({
      where: { id: sample.id },
      data: { artifactHash: sha256, latencyMs: 50 + 10 * random.below(9) },
    });
    brightness.set(sample.id, level);
  }
  const cast = async (votes: number) => {
    for (let i = 0; i < votes; i++) {
      const battle = await battleFor(db, arena);
      const { leftSampleId, rightSampleId } = await db.battle.findUniqueOrThrow({
        where: { id: battle.battleId },
      });
      const leftIsBrighter = brightness.get(leftSampleId!)! > brightness.get(rightSampleId!)!;
      await vote(db, battle, leftIsBrighter === random.uniform() < 0.9 ? "left" : "right");
    }
  };
  await cast(votes);
  return { arena, cast };
}
