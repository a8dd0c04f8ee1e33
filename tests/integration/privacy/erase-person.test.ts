import { createHash } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "@/lib/accounts/create-account";
import { readAccount } from "@/lib/accounts/read-account";
import { tieVoter } from "@/lib/accounts/tie-voter";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import { useToken } from "@/lib/api-tokens/use-token";
import { hasArtifact, putArtifact } from "@/lib/artifacts/store";
import { collectArtifacts } from "@/lib/artifacts/collect-artifacts";
import { verifyChain } from "@/lib/audit/verify-chain";
import { createBoard } from "@/lib/board-settings/create-board";
import { newId } from "@/lib/db/new-id";
import { erasePerson } from "@/lib/privacy/erase-person";
import { eraseOther } from "@/lib/privacy/manage-person";
import { exportPerson } from "@/lib/privacy/export-person";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { LIVE_PROMPT_SET } from "@/lib/prompts/reserved-slugs";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { boardCreation } from "@/lib/schemas/boards";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { addAccount } from "../../support/add-account";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await addAccount(database.db, "OWNER");
});
beforeEach(async () => {
  arena = await makeArena(database.db, { models: 3, prompts: 6 });
  await database.db.promptSet.update({ where: { slug: arena.board }, data: { listed: true } });
});

const newVoter = async () => (await ensureVoter(null, database.db)).voterId;
const castVotes = async (voterId: string, count: number) => {
  for (let i = 0; i < count; i++)
    await vote(database.db, await battleFor(database.db, arena, voterId), i % 2 === 0 ? "left" : "right");
};

/** Every text of every table that holds one of these, as "table: row". */
async function rowsWith(...texts: string[]): Promise<string[]> {
  const tables = await database.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await database.db.$queryRawUnsafe<{ text: string }[]>(
      `select t::text as text from "${name}" t where ${texts.map((_, i) => `position($${i + 1} in t::text) > 0`).join(" or ")}`,
      ...texts,
    );
    found.push(...rows.map(({ text }) => `${name}: ${text}`));
  }
  return found;
}

/** A battle over a prompt that a voter wrote, with stored images of its own, voted on. */
async function ownPrompt(voterId: string, text: string) {
  const { db } = database;
  const set = await db.promptSet.upsert({
    where: { slug: LIVE_PROMPT_SET },
    create: { id: newId("promptSet"), slug: LIVE_PROMPT_SET, name: "Live battles" },
    update: {},
  });
  const index = await db.prompt.count({ where: { promptSetId: set.id } });
  const prompt = {
    id: newId("prompt"),
    promptSetId: set.id,
    index,
    text,
    category: LIVE_CATEGORY,
    arena: false,
  };
  await db.prompt.create({ data: prompt });
  const hashes: string[] = [];
  for (const { id: modelId } of arena.models.slice(0, 2)) {
    const artifactHash = await putArtifact(Buffer.from(`${text} by ${modelId}`));
    hashes.push(artifactHash);
    await db.artifact.create({
      data: { sha256: artifactHash, bytes: 10, mediaType: "image/png", width: 64, height: 64 },
    });
    await db.sample.create({
      data: { id: newId("sample"), modelId, promptId: prompt.id, artifactHash, revisedPrompt: `a ${text}` },
    });
  }
  const handed = await battleFor(db, arena, voterId);
  const [left, right] = await db.sample.findMany({ where: { promptId: prompt.id }, orderBy: { id: "asc" } });
  await db.battle.update({
    where: { id: handed.battleId },
    data: {
      ...{ kind: "LIVE", promptId: prompt.id, leftSampleId: left.id, rightSampleId: right.id },
      ...{ leftModelId: left.modelId, rightModelId: right.modelId },
    },
  });
  await vote(db, handed, "left");
  return { hashes, promptId: prompt.id };
}

async function snapshotIds() {
  await refitRatings(arena.boardId, database.db);
  return (await database.db.ratingSnapshot.findMany({ where: { boardId: arena.boardId } })).map(
    ({ id }) => id,
  );
}

async function expectAllVerify(ids: readonly string[]) {
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(await verifyStoredSnapshot(id, database.db)).toMatchObject({ ok: true });
}

describe("whoever is erased", () => {
  const EMAIL = "Ada.Lovelace@example.net";
  const NAME = "Augusta Ada King";
  const WORDS = "my daughter Clementine at the lake";

  test("leaves nothing of themselves, and every snapshot verifies as before", async () => {
    const { db } = database;
    await createAccount({ name: NAME, email: EMAIL, password: "correct horse battery", now: Date.now() });
    const { id: userId } = await db.user.findUniqueOrThrow({ where: { email: EMAIL.toLowerCase() } });
    const [visitorId, laterId, otherId] = [await newVoter(), await newVoter(), await newVoter()];
    await tieVoter({ userId, visitorId });
    await castVotes(visitorId, 5);
    await castVotes(otherId, 5);
    await castVotes(laterId, 3);
    // Another browser's visitor, whose votes stayed with them.
    await tieVoter({ userId, visitorId: laterId });
    const { hashes, promptId } = await ownPrompt(visitorId, WORDS);
    const { token } = await createToken({
      wanted: { name: "Clementine's laptop", scopes: ["vote"], days: null },
      voterId: visitorId,
      now: Date.now(),
    });
    await db.verification.create({
      data: {
        id: newId("battle"),
        identifier: "hash",
        value: JSON.stringify({ email: EMAIL.toLowerCase() }),
        expiresAt: new Date(),
      },
    });
    const reported = await db.sample.findFirstOrThrow({ where: { modelId: arena.models[2].id } });
    await db.sampleReport.create({
      data: {
        id: newId("battle"),
        sampleId: reported.id,
        voterId: visitorId,
        reporter: "ACCOUNT",
        reason: "other",
        text: WORDS,
      },
    });
    const cookie = await signIn(db, userId);
    const snapshots = await snapshotIds();
    await expectAllVerify(snapshots);
    const stored = await db.ratingSnapshotRow.findMany({
      orderBy: [{ snapshotId: "asc" }, { modelId: "asc" }],
    });
    const TEXTS = [EMAIL, EMAIL.toLowerCase(), NAME, WORDS, "Clementine", token];
    expect((await rowsWith(...TEXTS)).length).toBeGreaterThan(4);

    const erased = await erasePerson({ person: { userId }, by: { voterId: visitorId }, listed: "keep" });
    expect(erased.votes).toBe(9);

    expect(await rowsWith(...TEXTS)).toEqual([]);
    // Their ids stand in the log of changes alone, which leads nowhere.
    const ids = await rowsWith(visitorId, laterId, userId);
    expect(ids.filter((row) => !row.startsWith("audit_events:"))).toEqual([]);
    expect((await verifyChain({}, db)).broken).toBeNull();
    expect(await useToken(token)).toBeNull();
    expect(await readAccount(cookie)).toMatchObject({ userId: null });
    // Who voted together still does, and nobody else's votes moved.
    expect(await db.vote.count({ where: { boardId: arena.boardId } })).toBe(14);
    expect(
      await db.vote.groupBy({ by: ["voterId"], where: { boardId: arena.boardId }, _count: true }),
    ).toHaveLength(3);
    expect(await db.vote.count({ where: { voterId: otherId } })).toBe(5);
    await expectAllVerify(snapshots);
    expect(
      await db.ratingSnapshotRow.findMany({ orderBy: [{ snapshotId: "asc" }, { modelId: "asc" }] }),
    ).toEqual(stored);
    await expectAllVerify(await snapshotIds());

    // The images that were drawn for their own prompt go with the next collection, and no others.
    await collectArtifacts(db, 0);
    for (const sha256 of hashes) expect(await hasArtifact(sha256)).toBe(false);
    expect(await db.sample.count({ where: { promptId } })).toBe(2);
    await expectAllVerify(snapshots);

    // The cookie of the browser names an empty visitor.
    const back = await readAccount(`${VOTER_COOKIE}=${await signVoterCookie(visitorId)}`);
    expect(back).toEqual({ voterId: visitorId, userId: null, role: null });
    expect(await db.vote.count({ where: { voterId: visitorId } })).toBe(0);
  });

  test("takes private things along, and leaves listed ones to the site or takes them too", async () => {
    const { db } = database;
    for (const listed of ["keep", "remove"] as const) {
      const { userId, voterId } = await addAccount(db, "SUBMITTER");
      const by = { voterId };
      const at = (name: string) => `${listed}-${name}`;
      const set = await db.promptSet.create({
        data: { id: newId("promptSet"), slug: at("set"), name: at("secret set"), ownerId: voterId },
      });
      await db.prompt.create({
        data: {
          id: newId("prompt"),
          promptSetId: set.id,
          index: 0,
          text: at("secret prompt"),
          category: "c",
          arena: true,
        },
      });
      for (const seenBy of ["everyone", "invited"] as const) {
        const settings = boardCreation.parse({ name: at(`board ${seenBy}`), promptSet: arena.board, seenBy });
        await createBoard({ settings, by });
      }
      for (const isListed of [true, false]) {
        const name = at(isListed ? "listed" : "secret");
        const id = newId("model");
        await db.model.create({
          data: {
            ...{
              id,
              slug: name,
              name,
              creator: "",
              modality: "TEXT_TO_IMAGE",
              listed: isListed,
              submitterId: voterId,
            },
            endpoint: {
              create: {
                ...{ id: newId("endpoint"), baseUrl: at("http://of-mine.test") },
                ...{ providerModel: "m", apiKeySealed: new Uint8Array(8) },
              },
            },
          },
        });
      }
      await db.comparison.create({
        data: { id: newId("comparison"), ownerId: voterId, name: at("secret comparison") },
      });
      const { things } = await erasePerson({ person: { userId }, by, listed });
      const kept = listed === "keep" ? 1 : 0;
      expect(things.models).toEqual({ removed: 2 - kept, kept });
      expect(things.boards).toEqual({ removed: 2 - kept, kept });
      expect(things.promptSets).toEqual({ removed: 1, kept: 0 });
      // Nobody is called at their expense any more.
      expect(await db.endpoint.count({ where: { baseUrl: at("http://of-mine.test") } })).toBe(0);
      const left = (await rowsWith(at("secret"), at("board"), at("listed"), at("set"))).filter(
        (row) => !row.startsWith("audit_events:"),
      );
      expect(left.map((row) => row.split(":")[0]).sort()).toEqual(kept ? ["boards", "models"] : []);
      expect(await db.model.count({ where: { submitterId: voterId } })).toBe(0);
      expect(await db.board.count({ where: { ownerId: voterId } })).toBe(0);
    }
  });

  test("a private prompt set that votes were cast over loses its words, and the votes' snapshot verifies", async () => {
    const { db } = database;
    await castVotes(await newVoter(), 4);
    await castVotes(await newVoter(), 4);
    const voterId = await newVoter();
    const { promptSetId } = await db.board.update({
      where: { id: arena.boardId },
      data: { ownerId: voterId, seenBy: "INVITED" },
    });
    await db.promptSet.update({ where: { id: promptSetId }, data: { ownerId: voterId, listed: false } });
    const SECRET = "a secret of the firm";
    await db.prompt.updateMany({ where: { promptSetId }, data: { text: SECRET, tags: [SECRET] } });
    const ids = arena.models.map(({ id }) => id);
    await db.model.updateMany({ where: { id: { in: ids } }, data: { submitterId: voterId } });
    const snapshots = await snapshotIds();
    await erasePerson({ person: { voterId }, by: { voterId }, listed: "remove" });
    expect(await rowsWith(SECRET)).toEqual([]);
    await expectAllVerify(snapshots);
    expect(await db.board.findUniqueOrThrow({ where: { id: arena.boardId } })).toMatchObject({
      ...{ name: "Removed board", ownerId: null, seenBy: "INVITED" },
      archivedAt: expect.any(Date) as Date,
    });
  });
});

test("a judge goes with its owner, or stays without name, address and key where a snapshot was made from its verdicts", async () => {
  const { db } = database;
  const voterId = await newVoter();
  const make = async (name: string, admittedAt: Date | null) => {
    const id = newId("judge");
    const asked = { baseUrl: "http://of-mine.test", providerModel: "m", apiKeySealed: new Uint8Array(8) };
    await db.judge.create({
      data: { ...asked, id, slug: id, name, creator: name, ownerId: voterId, admittedAt },
    });
    return id;
  };
  const [own, counted, admitted] = [
    await make("Mine", null),
    await make("Counted", null),
    await make("Admitted", new Date()),
  ];
  await db.ratingSnapshot.create({
    data: {
      ...{ id: newId("snapshot"), boardId: arena.boardId, methodology: "x", inputsHash: "x", votes: 0 },
      ...{ control: "judge:x", details: { judge: { judgeId: counted } }, covariance: new Uint8Array(0) },
    },
  });
  const { things } = await erasePerson({ person: { voterId }, by: "operator", listed: "keep" });
  expect(things.judges).toEqual({ removed: 2, kept: 1 });
  expect(await db.judge.count({ where: { id: own } })).toBe(0);
  const retired = { ownerId: null, baseUrl: "", apiKeySealed: null, state: "PAUSED" };
  const left = (id: string) => db.judge.findUniqueOrThrow({ where: { id } });
  expect(await left(counted)).toMatchObject({ ...retired, name: "Removed judge", creator: "" });
  expect(await left(admitted)).toMatchObject({ ...retired, name: "Admitted" });
});

test("the only owner of a site is not erased, and nobody erases somebody of a higher role", async () => {
  const { db } = database;
  const { id: userId } = await db.user.findFirstOrThrow({ where: { role: "OWNER" } });
  const erasing = erasePerson({ person: { userId }, by: "operator", listed: "keep" });
  await expect(erasing).rejects.toMatchObject({ code: "conflict" });
  const manager = { by: "operator", standing: "ADMIN" } as const;
  const above = eraseOther({ person: { userId }, manager, listed: "keep" });
  await expect(above).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.user.count({ where: { id: userId } })).toBe(1);
});

test("an export holds what is theirs, and nothing that opens something or is another's", async () => {
  const { db } = database;
  const { userId, voterId } = await addAccount(db, "SUBMITTER");
  await signIn(db, userId);
  await castVotes(voterId, 2);
  await castVotes(await newVoter(), 2);
  await ownPrompt(voterId, "a prompt of mine");
  const wanted = { name: "my laptop", scopes: ["vote" as const], days: null };
  const { token } = await createToken({ wanted, voterId, now: Date.now() });
  const settings = boardCreation.parse({ name: "Mine", promptSet: arena.board });
  await createBoard({ settings, by: { voterId } });
  let text = "";
  for await (const piece of await exportPerson({ person: { userId }, now: Date.now() })) text += piece;
  const records = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string; [field: string]: unknown });
  const of = (kind: string) => records.filter((record) => record.kind === kind);
  expect(of("account")).toMatchObject([{ id: userId, email: `${userId}@example.org` }]);
  expect(of("vote")).toHaveLength(3);
  expect(of("vote").map(({ voterId }) => voterId)).toEqual([voterId, voterId, voterId]);
  expect(of("ownPrompt")).toMatchObject([
    { text: "a prompt of mine", images: [expect.stringContaining("/left?s="), expect.anything()] },
  ]);
  expect(of("token")).toMatchObject([{ name: "my laptop" }]);
  expect(of("session")).toHaveLength(1);
  expect(of("board")).toMatchObject([{ name: "Mine" }]);
  expect(of("change").map(({ action }) => action)).toContain("tokens.manage");
  const session = await db.session.findFirstOrThrow({ where: { userId } });
  const hash = createHash("sha256").update(token).digest("hex");
  for (const secret of [token, hash, session.token]) expect(text).not.toContain(secret);
});

test("every column that holds a voter's id is one that an erasure knows", async () => {
  const columns = await database.db.$queryRaw<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and column_name in ('owner_id', 'submitter_id', 'voter_id', 'user_id', 'used_by_id')`;
  expect(columns.map(({ name }) => name).sort()).toEqual(
    [
      ...["accounts.user_id", "sessions.user_id", "two_factors.user_id"],
      ...["account_invites.used_by_id", "users.voter_id", "connection_probes.voter_id"],
      ...["battles.voter_id", "votes.voter_id", "comparison_votes.voter_id", "sample_reports.voter_id"],
      ...["api_tokens.voter_id", "board_guests.voter_id", "comparison_guests.voter_id", "settings.voter_id"],
      ...["boards.owner_id", "comparisons.owner_id", "judges.owner_id", "prompt_sets.owner_id"],
      ...["reference_sets.owner_id", "webhooks.owner_id", "models.submitter_id"],
    ].sort(),
  );
});
