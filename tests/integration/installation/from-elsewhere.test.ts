import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { runSalon } from "../../support/run-salon";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const elsewhere = mkdtempSync(path.join(tmpdir(), "salon-elsewhere-"));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

test("a command finds its own migrations and the installation's data folder from any folder it is run in", async () => {
  const listed = await runSalon(["judges", "list"], { DATABASE_URL: database.url }, elsewhere);
  expect(listed).toMatchObject({ code: 0 });
  // Without a database of its own it asks for the embedded server's password, which lies in the data folder.
  const asked = await runSalon(["judges", "list"], { SALON_DATA_DIR: "no/such/folder" }, elsewhere);
  expect(asked.code).not.toBe(0);
  expect(asked.output).toContain(path.resolve("no/such/folder"));
});
