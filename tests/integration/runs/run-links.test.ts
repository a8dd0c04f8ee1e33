import { beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as deleteLink } from "@/app/api/v1/runs/[runId]/links/[link]/route";
import { GET as getLinks, POST as postLink } from "@/app/api/v1/runs/[runId]/links/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { GET as getShared } from "@/app/api/v1/shared-runs/[token]/route";
import { GET as getSharedSamples } from "@/app/api/v1/shared-runs/[token]/samples/route";
import { GET as getImage } from "@/app/media/samples/[sampleId]/route";
import { GET as getSharedImage } from "@/app/media/shared/[token]/[sampleId]/route";
import type { NewRunLink, RunLinkView } from "@/lib/schemas/run-links";
import type { RunView } from "@/lib/schemas/runs";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { expectError, request } from "../../support/api-requests";
import { makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.HOST = "127.0.0.1";
const database = useTestDatabase();
/** Two private runs of one owner. */
let runs: { id: string; sampleId: string }[];
let owner: string;

beforeAll(async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  const { voterId } = await ensureVoter(null, db);
  owner = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const arena = await makeArena(db, { models: 2, prompts: 2, gallery: 2, images: true });
  await db.model.updateMany({ data: { listed: false, submitterId: voterId } });
  const found = arena.models.map(({ id }) =>
    db.run.findFirstOrThrow({ where: { modelId: id }, include: { samples: { take: 1 } } }),
  );
  runs = (await Promise.all(found)).map(({ id, samples }) => ({ id, sampleId: samples[0].id }));
  await db.run.updateMany({ data: { failureReason: "what went wrong at my endpoint" } });
});
beforeEach(() => database.db.rateLimit.deleteMany());

const at = (more: Record<string, string>) => ({ params: Promise.resolve(more) as Promise<never> });
const get = (cookie?: string) => request("GET", "/x", { cookie });

async function make(body: object = {}): Promise<NewRunLink & { token: string }> {
  const made = await postLink(request("POST", "/x", { body, cookie: owner }), at({ runId: runs[0].id }));
  expect(made.status).toBe(201);
  const link = (await made.json()) as NewRunLink;
  return { ...link, token: link.path.split("/").at(-1)! };
}
const list = async () => {
  const { links } = (await (await getLinks(get(owner), at({ runId: runs[0].id }))).json()) as {
    links: RunLinkView[];
  };
  return links;
};
/** What a link answers: the run, an image of it, its samples. */
const answers = async (token: string) => [
  (await getShared(get(), at({ token }))).status,
  (await getSharedImage(get(), at({ token, sampleId: runs[0].sampleId }))).status,
  (await getSharedSamples(get(), at({ token }))).status,
];

test("whoever has the link sees the run, its images and samples; without it the run is there for nobody else", async () => {
  const { token } = await make();
  expect((await getRun(get(), at({ runId: runs[0].id }))).status).toBe(404);
  expect((await getImage(get(), at({ sampleId: runs[0].sampleId }))).status).toBe(404);
  expect(await answers(token)).toEqual([200, 200, 200]);
  const run = (await (await getShared(get(), at({ token }))).json()) as RunView;
  expect(run.runId).toBe(runs[0].id);
  expect(run.recentSamples).toHaveLength(4);
  for (const { url, sampleId } of run.recentSamples) expect(url).toBe(`/media/shared/${token}/${sampleId}`);
  expect(
    (await getSharedImage(get(), at({ token, sampleId: runs[0].sampleId }))).headers.get("cache-control"),
  ).toContain("private");
});

test("a link shows one run, and nothing else of its owner's", async () => {
  const { token } = await make();
  expect((await getSharedImage(get(), at({ token, sampleId: runs[1].sampleId }))).status).toBe(404);
  const run = (await (await getShared(get(), at({ token }))).json()) as RunView;
  expect(run).toMatchObject({
    canControl: false,
    failedFor: null,
    failureReason: null,
    failures: [],
    uploads: [],
  });
  expect(run.model.keptOff).toBeNull();
  // The owner by a link is nobody in particular, too.
  const own = (await (await getShared(get(owner), at({ token }))).json()) as RunView;
  expect(own.canControl).toBe(false);
});

test("a link ends by its date and when it is revoked; of one that is over nothing is told, nor of one that never was", async () => {
  const [first, second] = [await make({ days: 1 }), await make()];
  const days = (link: NewRunLink) => Math.round((Date.parse(link.expiresAt) - Date.now()) / 86_400_000);
  expect([days(first), days(second)]).toEqual([1, 30]);
  await database.db.runLink.update({
    where: { id: first.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  const revoked = await deleteLink(
    request("DELETE", "/x", { cookie: owner }),
    at({ runId: runs[0].id, link: second.id }),
  );
  expect(revoked.status).toBe(204);
  for (const token of [first.token, second.token, "nothing"])
    expect(await answers(token)).toEqual([404, 404, 404]);
});

test("the owner has a list with the last use, and no token in it; others have neither list nor links", async () => {
  const { id, token } = await make({ label: "for Ann" });
  const link = async () => (await list()).find((each) => each.id === id)!;
  expect(await link()).toMatchObject({ label: "for Ann", lastUsedAt: null, revoked: false });
  await answers(token);
  expect(Date.now() - Date.parse((await link()).lastUsedAt!)).toBeLessThan(60_000);
  expect(JSON.stringify([await list(), await database.db.runLink.findMany()])).not.toContain(token);
  const stranger = `${VOTER_COOKIE}=${await signVoterCookie((await ensureVoter(null, database.db)).voterId)}`;
  for (const cookie of [undefined, stranger]) {
    await expectError(await getLinks(get(cookie), at({ runId: runs[0].id })), 404, "not_found");
    const asked = request("POST", "/x", { body: {}, cookie });
    await expectError(await postLink(asked, at({ runId: runs[0].id })), 404, "not_found");
    const gone = request("DELETE", "/x", { cookie });
    await expectError(await deleteLink(gone, at({ runId: runs[0].id, link: id })), 404, "not_found");
  }
});

test("a run has twenty open links at most, each at most a year", async () => {
  await database.db.runLink.deleteMany();
  for (let i = 0; i < 20; i++) await make();
  const ask = (body: object) =>
    postLink(request("POST", "/x", { body, cookie: owner }), at({ runId: runs[0].id }));
  await expectError(await ask({}), 409, "conflict");
  await expectError(await ask({ days: 366 }), 400, "invalid_request", "days");
});
