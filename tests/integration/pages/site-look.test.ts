import { beforeAll, expect, test } from "vitest";
import sharp from "sharp";
import { DELETE as removeLogo, POST as postLogo } from "@/app/api/v1/settings/logo/route";
import { GET, POST } from "@/app/api/v1/settings/route";
import { GET as getLogo } from "@/app/media/logo/[logo]/route";
import { listBoards } from "@/lib/boards/list-boards";
import { readHome } from "@/lib/pages/read-home";
import type { SettingsView } from "@/lib/schemas/administration/settings";
import { readPageLook } from "@/lib/settings/read-look";
import { expectError, request } from "../../support/api-requests";
import { makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
process.env.HOST = "127.0.0.1";
const database = useTestDatabase();
const boards: string[] = [];

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  for (let i = 0; i < 3; i++) boards.push((await makeArena(database.db, { models: 2, prompts: 2 })).board);
});
const set = (change: unknown) => POST(request("POST", "/api/v1/settings", { body: change }));
const read = async () => (await (await GET(request("GET", "/x"))).json()) as SettingsView;
const home = async () => (await readHome(database.db)).boards.map(({ slug }) => slug);

test("a name, a colour and texts hold from the next request on, and null takes them back", async () => {
  const look = { siteName: "Our arena", accent: "#123a7a", contact: "us@example.org", terms: "Be kind." };
  expect((await set(look)).status).toBe(200);
  expect((await read()).look).toMatchObject(look);
  expect(await readPageLook(database.db)).toMatchObject({
    siteName: "Our arena",
    hasTerms: true,
  });
  await set({ terms: null });
  expect(await readPageLook(database.db)).toMatchObject({ accent: "#123a7a", hasTerms: false });
});

test("of several changes one that is refused leaves all of them undone", async () => {
  await expectError(await set({ siteName: "Half", accent: "#ffff00" }), 400, "invalid_request", "accent");
  expect((await read()).look.siteName).not.toBe("Half");
});

test("the log of changes has names and colours, and of texts and addresses only that they changed", async () => {
  await set({ siteName: "Renamed", contact: "someone@example.org", privacy: "All of it." });
  const [{ after }] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(after).toMatchObject({ siteName: "Renamed", privacy: expect.stringMatching(/^sha256 /) });
  expect(JSON.stringify(after)).not.toContain("example.org");
});

test("the home page shows the chosen boards in their order, and all of them where none of these is open", async () => {
  const all = await home();
  expect(all).toHaveLength(3);
  await set({ homeBoards: [boards[2], "no-such-board", boards[0]] });
  expect(await home()).toEqual([boards[2], boards[0]]);
  await set({ homeBoards: ["no-such-board"] });
  expect(await home()).toEqual(all);
  await set({ homeBoards: null });
});

test("Toybox leaves the lists by a setting of the site, which comes before the environment", async () => {
  await database.db.board.update({ where: { slug: boards[0] }, data: { slug: "text-to-image" } });
  const listed = async () =>
    (await listBoards({ by: { voterId: null } }, database.db)).some(({ slug }) => slug === "text-to-image");
  expect(await listed()).toBe(true);
  await set({ toybox: false });
  expect(await listed()).toBe(false);
  await set({ toybox: null });
  expect(await listed()).toBe(true);
});

const giveLogo = (bytes: Uint8Array) =>
  postLogo(
    new Request("http://localhost/api/v1/settings/logo", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: Uint8Array.from(bytes),
    }),
  );
const seeLogo = (hash: string) => getLogo(request("GET", "/x"), { params: Promise.resolve({ logo: hash }) });

test("a logo is shown small and without metadata, and is gone once it is removed", async () => {
  const file = await sharp({ create: { width: 600, height: 300, channels: 3, background: "#a03030" } })
    .withExif({ IFD0: { Copyright: "somebody" } })
    .png()
    .toBuffer();
  expect((await giveLogo(file)).status).toBe(200);
  const { logo } = await read();
  expect((await readPageLook(database.db)).logo).toBe(logo);
  const shown = await seeLogo(logo!);
  expect(shown.headers.get("content-type")).toBe("image/webp");
  const image = await sharp(Buffer.from(await shown.arrayBuffer())).metadata();
  expect(image).toMatchObject({ format: "webp", width: 128, height: 64 });
  expect(image.exif).toBeUndefined();
  const [{ after }] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(after).toEqual({ logo });
  expect((await removeLogo(request("DELETE", "/x"))).status).toBe(200);
  expect((await read()).logo).toBeNull();
  expect((await seeLogo(logo!)).status).toBe(404);
});

test.each([
  ["a script in a drawing", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
  ["a page", Buffer.from("<html></html>")],
])("%s is no logo, and the one that is there stays", async (_, bytes) => {
  await giveLogo(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
      .webp()
      .toBuffer(),
  );
  const { logo } = await read();
  await expectError(await giveLogo(bytes), 400, "invalid_request", "file");
  expect((await read()).logo).toBe(logo);
});
