import { beforeAll, expect, test } from "vitest";
import { recordChange } from "@/lib/audit/record-change";
import { runSalon } from "../../support/run-salon";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const salon = (...args: string[]) => runSalon(["audit", ...args], { DATABASE_URL: database.url });

beforeAll(async () => {
  for (const name of ["Spring", "Summer"]) {
    const subject = { kind: "board", id: `brd_${name}`, label: name };
    const sides = { before: { votes: 1 }, after: { votes: 2 } };
    await database.db.$transaction((tx) =>
      recordChange(tx, { by: "operator", action: "boards.edit", subject, ...sides }),
    );
  }
});

test("salon audit list says who did what, under a filter; verify exits with 1 once an event was altered", async () => {
  const { code, output } = await salon("list", "--subject", "Spring");
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^1  \S+  operator  boards\.edit  board Spring  ~ votes 1 -> 2$/m),
  });
  expect(output).not.toContain("Summer");
  expect((await salon("list", "--since", "yesterday")).output).toContain("must be a day");
  expect(await salon("verify")).toMatchObject({ code: 0, output: expect.stringContaining("2 events hold") });
  await database.db.$transaction([
    database.db.$executeRaw`set local session_replication_role = replica`,
    database.db.$executeRaw`update audit_events set subject = 'Autumn' where id = 1`,
  ]);
  expect(await salon("verify")).toMatchObject({
    code: 1,
    output: expect.stringContaining("Broken at event 1"),
  });
});
