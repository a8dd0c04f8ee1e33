import { beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/v1/audit/route";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import { recordChange } from "@/lib/audit/record-change";
import { auditPage } from "@/lib/schemas/accounts/audit";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import { useDataFolder } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
useDataFolder();
const database = useTestDatabase();
const tokens: Record<string, string> = {};

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  for (const role of ["OWNER", "ADMIN", "CURATOR"] as const) {
    const { voterId } = await addAccount(database.db, role);
    const wanted = { name: role, scopes: ["admin" as const], days: null };
    tokens[role] = (await createToken({ wanted, voterId, now: Date.now() })).token;
  }
  for (let k = 1; k <= 120; k++) {
    const subject = { kind: "board", id: `brd_${k}`, label: k === 7 ? 'A "board", so called' : `Board ${k}` };
    await database.db.$transaction((tx) =>
      recordChange(tx, {
        by: "operator",
        action: "boards.edit",
        subject,
        before: { k },
        after: { k: k + 1 },
      }),
    );
  }
});

const get = (query = "", role = "ADMIN") =>
  GET(
    request("GET", `/api/v1/audit${query}`, {
      headers: tokens[role] ? { authorization: `Bearer ${tokens[role]}` } : {},
    }),
  );
const pageOf = async (query: string) => auditPage.parse(await (await get(query)).json());

test("admins read the log, others do not", async () => {
  expect((await get()).status).toBe(200);
  await expectError(await get("", "CURATOR"), 403, "forbidden");
  await expectError(await get("", "VISITOR"), 401, "unauthorised");
});

test("it is read page by page, each event once", async () => {
  const first = await pageOf("?action=boards.edit");
  const second = await pageOf(`?action=boards.edit&before=${first.next}`);
  const subjects = [...first.events, ...second.events].map(({ subjectId }) => subjectId);
  expect(subjects).toEqual(Array.from({ length: 120 }, (_, k) => `brd_${120 - k}`));
  expect([first.events.length, second.next]).toEqual([100, null]);
});

test("filters narrow it, an empty one asks for all, and one that is wrong is refused", async () => {
  expect((await pageOf("?subject=Board%203&actor=operator")).events).toHaveLength(1);
  expect((await pageOf("?action=tokens.manage")).events).toHaveLength(3);
  expect((await pageOf("?action=&actor=&subject=&since=&until=")).events).toHaveLength(100);
  for (const wrong of ["since=yesterday", "before=x", "format=xml"])
    expect((await get(`?${wrong}`)).status, wrong).toBe(400);
});

test("it leaves as CSV and JSON lines, whole and under the filter", async () => {
  const csv = await (await get("?action=boards.edit&format=csv")).text();
  expect(csv.trim().split("\n")).toHaveLength(121);
  expect(csv).toContain('"A ""board"", so called"');
  expect(csv).toContain('"{""k"":120}"');
  const lines = (await (await get("?action=boards.edit&format=jsonl")).text()).trim().split("\n");
  expect(lines).toHaveLength(120);
  expect(JSON.parse(lines[0])).toMatchObject({ subjectId: "brd_120", before: { k: 120 }, after: { k: 121 } });
});
