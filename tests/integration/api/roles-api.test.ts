import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getSettings, POST as postSettings } from "@/app/api/v1/boards/[slug]/route";
import { GET as getBoards, POST as postBoard } from "@/app/api/v1/boards/route";
import { DELETE as deleteJudge } from "@/app/api/v1/judges/[judgeId]/route";
import { DELETE as deleteSet, GET as getSet } from "@/app/api/v1/prompt-sets/[slug]/route";
import { DELETE as deleteReference } from "@/app/api/v1/references/[referenceId]/route";
import { POST as postVote } from "@/app/api/v1/votes/route";
import type { UserRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import type { BoardSettings } from "@/lib/schemas/boards";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
process.env.HOST = "127.0.0.1";
const database = useTestDatabase();
let arena: Arena;
const cookies = new Map<UserRole, string>();

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 2 });
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

/** Puts accounts onto the site: it is personal no more. */
async function cookieOf(role: UserRole): Promise<string> {
  const known = cookies.get(role);
  if (known !== undefined) return known;
  const cookie = await signIn(database.db, (await addAccount(database.db, role)).userId);
  cookies.set(role, cookie);
  return cookie;
}

/** What belongs to the site: an unlisted prompt set, a judge, a reference set. */
async function addOfSite() {
  const [set, judge, reference] = [newId("promptSet"), newId("judge"), newId("reference")];
  await database.db.promptSet.create({ data: { id: set, slug: set, name: set } });
  await database.db.referenceSet.create({
    data: { id: reference, slug: reference, name: reference, encoderId: "toybox-encoder@0", dimension: 4 },
  });
  await database.db.judge.create({
    data: {
      ...{ id: judge, slug: judge, name: judge, creator: "", providerModel: "m" },
      baseUrl: "https://judge.example.org/v1",
    },
  });
  return { set, judge, reference };
}

const board = () => ({ params: Promise.resolve({ slug: arena.board }) });
const readBoard = (cookie = "") =>
  getSettings(request("GET", `/api/v1/boards/${arena.board}`, { cookie }), board());

/** The statuses of removing each of the site's own things, and of reading its unlisted set. */
async function handle(cookie = "") {
  const { set, judge, reference } = await addOfSite();
  const ask = (method: "GET" | "DELETE") => request(method, "/api/v1/x", { cookie });
  const at = { params: Promise.resolve({ slug: set, judgeId: judge, referenceId: reference }) };
  return [
    (await readBoard(cookie)).status,
    (await getSet(ask("GET"), at)).status,
    (await deleteSet(ask("DELETE"), at)).status,
    (await deleteJudge(ask("DELETE"), at)).status,
    (await deleteReference(ask("DELETE"), at)).status,
  ];
}

test("on this machine alone, before anybody owns the site, whoever opens it runs what belongs to it, without an account", async () => {
  expect(await handle()).toEqual([200, 200, 204, 204, 204]);
});

test("once an account owns the site, curators and above run what belongs to it, and nobody else", async () => {
  await cookieOf("OWNER");
  for (const cookie of ["", await cookieOf("VOTER"), await cookieOf("SUBMITTER")])
    expect(await handle(cookie)).toEqual([403, 404, 404, 403, 403]);
  for (const role of ["CURATOR", "ADMIN", "OWNER"] as const)
    expect(await handle(await cookieOf(role))).toEqual([200, 200, 204, 204, 204]);
});

test("a curator changes a board of the site, and lists say so", async () => {
  await cookieOf("OWNER");
  const cookie = await cookieOf("CURATOR");
  const { version } = (await (await readBoard(cookie)).json()) as BoardSettings;
  const change = request("POST", "/x", { cookie, body: { description: "By a curator.", version } });
  const changed = await postSettings(change, board());
  expect(await changed.json()).toMatchObject({ description: "By a curator." });
  const mayEdit = async (who: string) => {
    const answer = await getBoards(request("GET", "/api/v1/boards", { cookie: who }));
    const { boards } = (await answer.json()) as { boards: { slug: string; mayEdit: boolean }[] };
    return boards.find(({ slug }) => slug === arena.board)?.mayEdit;
  };
  expect([await mayEdit(cookie), await mayEdit(await cookieOf("SUBMITTER"))]).toEqual([true, false]);
});

test("a refusal comes before the body is read, and makes no visitor of a stranger", async () => {
  await cookieOf("OWNER");
  const cookie = await cookieOf("VOTER");
  const before = await database.db.voter.count();
  const refused = await postBoard(request("POST", "/api/v1/boards", { body: { nonsense: true } }));
  expect(refused.headers.get("set-cookie")).toBeNull();
  expect(await expectError(refused, 401, "unauthorised")).toBe("Sign in to make a board.");
  const demoted = await postBoard(request("POST", "/api/v1/boards", { cookie, body: { nonsense: true } }));
  expect(await expectError(demoted, 403, "forbidden")).toContain("takes the role submitter");
  expect(await database.db.voter.count()).toBe(before);
});

test("a change that another site's page makes a signed-in browser send is refused", async () => {
  const cookie = await cookieOf("OWNER");
  const headers = { "sec-fetch-site": "cross-site" };
  const vote = await postVote(request("POST", "/api/v1/votes", { cookie, headers, body: {} }));
  expect(await expectError(vote, 403, "forbidden")).toContain("this site's own pages");
});
