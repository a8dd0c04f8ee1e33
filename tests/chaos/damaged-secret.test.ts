import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as getHealth } from "@/app/api/health/route";
import { newId } from "@/lib/db/new-id";
import { useDataFolder } from "../support/evaluation-world";
import { freePort } from "../support/postgres-server";
import { runSalon } from "../support/run-salon";
import { useTestDatabase } from "../support/test-database";

const database = useTestDatabase();
const folder = useDataFolder();
let environment: Record<string, string>;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  environment = {
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    PORT: String(await freePort()),
    GENERATION_PORT: String(await freePort()),
  };
});

describe.each([
  ["empty", "", "is empty"],
  ["a text", "dear diary\n", "holds something else"],
  ["half a secret", "0123456789abcdef0123456789abcdef", "holds something else"],
])("a secret file that is %s", (_name, text, complaint) => {
  beforeEach(() => writeFileSync(path.join(folder.path, "secret"), text));

  test.each(["start", "doctor"])("`salon %s` says so, and what to do", async (command) => {
    const { code, output } = await runSalon([command], environment);
    expect(code).toBe(1);
    expect(output).toContain(
      `secret must hold 64 hexadecimal digits, but it ${complaint}. Put it back from a backup.`,
    );
  });

  test("makes a site unhealthy", async () => {
    const response = await getHealth();
    expect([response.status, await response.json()]).toEqual([503, { status: "secret_damaged" }]);
  });
});

test("a secret that is missing is made for a new database, and for none that was used with another", async () => {
  const file = path.join(folder.path, "secret");
  rmSync(file, { force: true });
  expect((await getHealth()).status).toBe(200);
  const { id } = await database.db.voter.create({ data: { id: newId("voter") } });
  const { code, output } = await runSalon(["seed"], environment);
  expect(code).toBe(1);
  expect(output).toContain(
    "This machine has no secret, but the database holds keys sealed or cookies signed under one.",
  );
  expect(existsSync(file)).toBe(false);
  await database.db.voter.delete({ where: { id } });
  expect(await runSalon(["seed"], environment)).toMatchObject({ code: 0 });
  expect(existsSync(file)).toBe(true);
});
