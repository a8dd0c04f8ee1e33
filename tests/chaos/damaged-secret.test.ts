import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as getHealth } from "@/app/api/health/route";
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

test("a secret that is not made yet is no trouble", async () => {
  rmSync(path.join(folder.path, "secret"), { force: true });
  expect((await getHealth()).status).toBe(200);
});
