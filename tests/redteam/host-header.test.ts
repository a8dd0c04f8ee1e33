import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addBoard } from "../support/evaluation-world";
import { sendRaw, startSite, type RunningSite } from "../support/start-site";
import { useTestDatabase } from "../support/test-database";

const database = useTestDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), "salon-host-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

beforeAll(async () => {
  await addBoard(database.db, 2);
});

/** The cookie that a first submission is answered with; no worker runs, so its endpoint is never called. */
async function cookieOf(site: RunningSite, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${site.url}/api/v1/models`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({
      ...{ name: "A model", creator: "Tests", imageSize: "64x64" },
      ...{ endpointUrl: "https://1.1.1.1/v1", providerModel: "test" },
    }),
  });
  expect(response.status, await response.text()).toBe(201);
  return response.headers.get("set-cookie") ?? "";
}

const settings = () => ({ DATABASE_URL: database.url, SALON_DATA_DIR: dataDir });

describe("a site for this machine, with one name", () => {
  let site: RunningSite;
  beforeAll(async () => {
    site = await startSite({ ...settings(), ALLOWED_HOSTS: "salon.example" });
  }, 400_000);
  afterAll(() => site.stop());

  const ask = (headers: Record<string, string>, path = "/api/health", method = "GET") =>
    sendRaw(site.port, { path, method, headers });

  test("a name that was made to point here is refused on every path and method, with what to do", async () => {
    const { status, text } = await ask({ host: `evil.example:${site.port}` });
    expect(status).toBe(421);
    expect(JSON.parse(text).error.message).toContain("ALLOWED_HOSTS");
    for (const path of ["/", "/arena", "/icon.svg", "/api/v1/leaderboards", "/media/samples/x"])
      expect((await ask({ host: "evil.example" }, path)).status, path).toBe(421);
    const foreign = { host: "evil.example", origin: "http://evil.example", "x-forwarded-host": "localhost" };
    expect((await ask(foreign, "/api/v1/battles", "POST")).status).toBe(421);
    expect((await ask({ host: "salon.example.evil.example" })).status).toBe(421);
  });

  test("its own name, loopback's names and addresses are answered", async () => {
    for (const host of [
      "salon.example",
      "SALON.example:8443",
      "localhost",
      "127.0.0.1",
      "[::1]:3000",
      "10.0.0.7",
    ])
      expect((await ask({ host })).status, host).toBe(200);
  });

  test("without a proxy of ours nobody's word for https is taken: the cookie works on the connection there is", async () => {
    expect(await cookieOf(site, {})).not.toContain("Secure");
    expect(await cookieOf(site, { "x-forwarded-proto": "https" })).not.toContain("Secure");
  });
});

test("behind a proxy of ours its word for https is taken, and both host names must be ours", async () => {
  const site = await startSite({
    ...settings(),
    ALLOWED_HOSTS: "salon.example",
    TRUSTED_PROXIES: "1",
    ANONYMOUS_SUBMITTING: "true",
  });
  try {
    const forwarded = (host: string, name: string) =>
      sendRaw(site.port, { path: "/api/health", headers: { host, "x-forwarded-host": name } });
    expect((await forwarded("127.0.0.1:3000", "salon.example")).status).toBe(200);
    expect((await forwarded("127.0.0.1:3000", "evil.example")).status).toBe(421);
    expect((await forwarded("evil.example", "salon.example")).status).toBe(421);
    expect(await cookieOf(site, { "x-forwarded-proto": "https" })).toContain("Secure");
    // Whoever came by https is to stay with it.
    const page = (headers: Record<string, string>) => sendRaw(site.port, { path: "/", headers });
    const secure = await page({ "x-forwarded-proto": "https" });
    expect(secure.headers["strict-transport-security"]).toBe("max-age=31536000");
    const plain = await page({ "x-forwarded-proto": "http" });
    expect(plain.headers["strict-transport-security"]).toBeUndefined();
  } finally {
    await site.stop();
  }
}, 400_000);
