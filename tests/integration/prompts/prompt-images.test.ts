import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { GET as getBattleImage } from "@/app/media/battles/[battleId]/[side]/route";
import { GET as getImage } from "@/app/media/prompts/[promptId]/[part]/route";
import { putArtifact } from "@/lib/artifacts/store";
import { readBeside } from "@/lib/diagnostics/read-beside";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { request } from "../../support/api-requests";
import { battleFor, makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.HOST = "0.0.0.0";
const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const imageOf = (red: number, side = 64) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .withExif({ IFD0: { Artist: "Somebody" } })
    .png()
    .toBuffer();

/** A board whose prompts edit an image; the set belongs to a visitor. */
async function makeWorld() {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 2, gallery: 2, images: true });
  const [source, reference] = [
    await putArtifact(await imageOf(200, 2000)),
    await putArtifact(await imageOf(9)),
  ];
  await db.artifact.createMany({
    data: [source, reference].map((sha256) => ({ sha256, bytes: 9, mediaType: "image/png", width: 64, height: 64 })), // prettier-ignore
    skipDuplicates: true,
  });
  const ids = [...arena.promptIds, ...arena.galleryIds];
  await db.prompt.updateMany({
    where: { id: { in: ids } },
    data: { sourceArtifacts: [source], referenceArtifact: reference },
  });
  const ownerId = newId("voter");
  const set = await db.promptSet.update({
    where: { slug: arena.board },
    data: { ownerId, listed: false },
  });
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(ownerId)}`;
  return { arena, set, ownerId, cookie };
}

const ask = (promptId: string, part: string, cookie?: string, query = "") =>
  getImage(request("GET", `/x${query}`, { cookie }), { params: Promise.resolve({ promptId, part }) });

test("a prompt's images are served to whoever may see its set, as an image and nothing else, without metadata", async () => {
  const { arena, set, cookie } = await makeWorld();
  const [id] = arena.galleryIds;
  const own = await ask(id, "source-0", cookie);
  expect([own.status, own.headers.get("content-type")]).toEqual([200, "image/webp"]);
  expect(own.headers.get("cache-control")).toMatch(/^private/);
  expect(own.headers.get("x-content-type-options")).toBe("nosniff");
  const { exif, width } = await sharp(Buffer.from(await own.arrayBuffer())).metadata();
  expect([exif, width]).toEqual([undefined, 1024]);
  const whole = await ask(id, "source-0", cookie, "?size=whole");
  expect((await sharp(Buffer.from(await whole.arrayBuffer())).metadata()).width).toBe(2000);
  expect((await ask(id, "reference", cookie)).status).toBe(200);
  for (const part of ["source-1", "source-x", "picture", "source-0.png"])
    expect([part, (await ask(id, part, cookie)).status]).toEqual([part, 404]);
  const stranger = `${VOTER_COOKIE}=${await signVoterCookie(newId("voter"))}`;
  for (const who of [undefined, stranger]) {
    expect((await ask(id, "source-0", who)).status).toBe(404);
    expect((await ask(id, "reference", who)).status).toBe(404);
  }
  await database.db.promptSet.update({ where: { id: set.id }, data: { listed: true } });
  const open = await ask(id, "source-0");
  expect([open.status, open.headers.get("cache-control")]).toEqual([200, expect.stringMatching(/^public/)]);
});

test("the set's page, a run's and two runs' beside each other name the images to who may see the set, and to nobody else", async () => {
  const { arena, set, ownerId } = await makeWorld();
  const { db } = database;
  const [run, other] = await Promise.all(
    arena.models.map(({ id }) => db.run.findFirstOrThrow({ where: { modelId: id } })),
  );
  const page = await listSetPrompts({ slug: set.slug, by: { voterId: ownerId }, from: 0, limit: 10 });
  const path = `/media/prompts/${arena.promptIds[0]}`;
  expect(page.prompts[0].images).toEqual({ sources: [`${path}/source-0`], reference: `${path}/reference` });
  const sources = async (voterId: string | null) => {
    const { recentSamples } = await readRun({ runId: run.id, voterId });
    const sort = "prompt" as const;
    const beside = await readBeside({ runId: run.id, against: other.id, voterId, sort, offset: 0 });
    return [...recentSamples, ...beside.prompts].map((each) => each.sources.length);
  };
  expect(await sources(ownerId)).toEqual([1, 1, 1, 1]);
  expect(await sources(null)).toEqual([0, 0, 0, 0]);
});

test("a battle shows the image that both models were to edit, at an address that only its answer gives out", async () => {
  const { arena } = await makeWorld();
  const { sources, battleId } = await battleFor(database.db, arena);
  expect(sources).toHaveLength(1);
  const url = new URL(sources[0], "http://salon.test");
  const get = (search: string, side = "source-0") =>
    getBattleImage(request("GET", `/x${search}`), { params: Promise.resolve({ battleId, side }) });
  expect(url.pathname).toBe(`/media/battles/${battleId}/source-0`);
  expect((await get(url.search)).status).toBe(200);
  expect((await get("?s=none")).status).toBe(404);
  expect((await get(url.search, "source-1")).status).toBe(404);
  expect((await get(url.search, "left")).status).toBe(404);
});
