import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeZip } from "@/lib/media/files/zip";
import type { LeaderboardResponse } from "@/lib/schemas/leaderboard";
import { atTheArena } from "../support/arena-visitor";
import { launchBrowser } from "../support/browser";
import { startImageEndpoint, type ImageEndpoint } from "../support/image-endpoint";
import { startJudgeEndpoint, type JudgeEndpoint } from "../support/judge-endpoint";
import { makeSalonHome, startSalon, type RunningSalon, type SalonHome } from "../support/start-salon";

/** An evaluation of one's own from nothing to a board, in a browser alone. */

const PROMPTS = 50;
const REAL = 200;
const SIDE = 512;
const SLOW_MS = 120_000;

let home: SalonHome;
let salon: RunningSalon;
let browser: Browser;
let endpoint: ImageEndpoint;
let judge: JudgeEndpoint;

beforeAll(async () => {
  [endpoint, judge] = await Promise.all([startImageEndpoint(), startJudgeEndpoint()]);
  endpoint.answer = async (response, body) => {
    const bytes = await image(120, Number(body.prompt.split(" ").at(-1)));
    response.end(JSON.stringify({ data: [{ b64_json: bytes.toString("base64") }] }));
  };
  home = await makeSalonHome({
    // The bundled models have next to nothing to do: the test wants the processor for itself.
    SEED_PROMPT_COUNT: "1",
    VOTES_PER_MINUTE: "600",
    OUTBOUND_ALLOW: [endpoint, judge].map(({ origin }) => new URL(origin).host).join(","),
  });
  [salon, browser] = await Promise.all([startSalon(home), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await salon?.stop();
  await Promise.all([endpoint?.close(), judge?.close()]);
  home?.remove();
});

/** An image of one colour, another for each model and prompt. */
const image = (hue: number, i: number) =>
  sharp({
    create: {
      width: SIDE,
      height: SIDE,
      channels: 3,
      background: { r: hue, g: (37 * i) % 256, b: (91 * i) % 256 },
    },
  })
    .png()
    .toBuffer();

async function zip(name: string, hue: number, count: number, nameOf: (i: number) => string) {
  const files = await Promise.all(
    Array.from({ length: count }, async (_, i) => ({ name: nameOf(i), bytes: await image(hue, i) })),
  );
  return { name, mimeType: "application/zip", buffer: Buffer.from(writeZip(files)) };
}

/** Somebody with a browser of their own. */
async function person(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(SLOW_MS);
  page.on("pageerror", (error) => {
    throw error;
  });
  return page;
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const fill = (page: Page, label: string | RegExp, text: string) =>
  page.getByLabel(label, { exact: typeof label === "string" }).fill(text);

async function importPrompts(page: Page) {
  const lines = Array.from(
    { length: PROMPTS },
    (_, i) => `cup-${i},a cup number ${i},${i % 2 ? "glass" : "clay"}`,
  );
  await page.goto(`${salon.url}/prompts/new`);
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "cups.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["key,prompt,category", ...lines].join("\n")),
  });
  await press(page, "Preview");
  await press(page, /^Import/);
  await page.waitForURL(/\/prompts\/(?!new)/);
}

async function addReference(page: Page) {
  await page.goto(`${salon.url}/references`);
  await page
    .getByLabel("File", { exact: true })
    .setInputFiles(await zip("Real cups.zip", 90, REAL, (i) => `${i}.png`));
  await press(page, "Upload");
  // A card of a set that can be chosen has its statistics.
  const card = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "Real cups" }) });
  await card.getByRole("link", { name: /Statistics/ }).waitFor();
}

async function addJudge(page: Page) {
  await page.goto(`${salon.url}/judges`);
  await fill(page, /^Address/, `${judge.origin}/v1`);
  await fill(page, /^Model name at the endpoint/, "test");
  await fill(page, /^Name/, "Own judge");
  await fill(page, /^Creator of the model/, "Our lab");
  // One question of each image is enough here.
  const ticked = page.getByRole("checkbox", { checked: true });
  while ((await ticked.count()) > 0) await ticked.first().uncheck();
  await page.getByRole("checkbox", { name: /viescore@1/ }).check();
  await press(page, /^Add with 1/);
  await page.getByRole("link", { name: "Own judge" }).first().waitFor();
}

/** @returns the board's slug */
async function makeBoard(page: Page): Promise<string> {
  await page.goto(`${salon.url}/boards/new`);
  await fill(page, "Name", "Cups");
  await page.getByLabel("Prompt set").selectOption({ label: `cups, ${PROMPTS} prompts` });
  await fill(page, "Size of a battle's images", `${SIDE}x${SIDE}`);
  await page.getByText("More settings").click();
  await fill(page, /^Question/, "Which cup looks better?");
  await press(page, "Add an encoder");
  await page.getByLabel("Reference set").selectOption({ label: "Real cups" });
  await page.getByLabel("Own judge").check();
  await press(page, "Make the board");
  await page.waitForURL(/\/boards\/(?!new)[^/]+\/settings/);
  return new URL(page.url()).pathname.split("/")[2];
}

/** Through the links of the board's own page of models, as a newcomer finds them. */
async function toNewModel(page: Page, board: string, link: RegExp) {
  await page.goto(`${salon.url}/boards/${board}/settings`);
  await page.getByRole("tab", { name: "Models" }).click();
  await page.getByRole("link", { name: link }).first().click();
}

async function uploadModel(page: Page, board: string, name: string, hue: number) {
  await toNewModel(page, board, /upload its images/);
  await fill(page, "Model", name);
  await fill(page, "Who made the model", "Our lab");
  await page
    .getByLabel("Archive of images or videos")
    .setInputFiles(await zip(`${name}.zip`, hue, PROMPTS, (i) => `cup-${i}/0.png`));
  await press(page, "Upload");
  await page.getByText(`${PROMPTS} samples added`).waitFor();
}

async function submitEndpoint(page: Page, board: string) {
  await toNewModel(page, board, /submit an endpoint/);
  await page.locator("#endpointUrl").fill(`${endpoint.origin}/v1`);
  await page.locator("#providerModel").fill("cups");
  await page.locator("#name").fill("Served");
  await page.locator("#creator").fill("Our lab");
  expect(await page.locator("#imageSize").inputValue()).toBe(`${SIDE}x${SIDE}`);
  await press(page, /^Submit/);
  await page.waitForURL(/\/runs\/run_/);
}

/** @returns the link of an invitation */
async function invite(page: Page, board: string): Promise<string> {
  await page.goto(`${salon.url}/boards/${board}/settings`);
  await page.getByRole("tab", { name: "Invitations" }).click();
  await press(page, "Make an invitation");
  return page.getByLabel(/^Send this link/).inputValue();
}

async function voteTwentyTimes(page: Page, link: string) {
  const arena = await atTheArena(page);
  await page.goto(link);
  await press(page, "Come in");
  await page.waitForURL(/\/arena/);
  for (let i = 0; i < 20; i++) {
    await arena.openPair();
    if (i === 0) await page.getByText("Which cup looks better?").waitFor();
    await page.keyboard.press(i % 3 ? "a" : "b");
    await arena.next.waitFor();
    await page.keyboard.press("Enter");
  }
}

test("a newcomer makes a board of their own prompts, images, models and judge in a browser; an invited voter votes on it, and a stranger sees none of it", async () => {
  const owner = await person();
  await importPrompts(owner);
  await addReference(owner);
  await addJudge(owner);
  const board = await makeBoard(owner);
  await uploadModel(owner, board, "Warm", 200);
  await uploadModel(owner, board, "Cold", 20);
  await submitEndpoint(owner, board);
  const link = await invite(owner, board);

  const address = `${salon.url}/api/v1/leaderboards/${board}`;
  const read = async () => (await (await owner.request.get(address)).json()) as LeaderboardResponse;
  // All three are scored under the encoder and judged before anybody votes.
  const scored = async () =>
    (await read()).rows.map(({ name, metrics }) => [
      name,
      Object.entries(metrics).filter(([key, { n }]) => /^(fd-|judge:own-judge)/.test(key) && n === PROMPTS)
        .length > 1,
    ]);
  await expect
    .poll(async () => (await scored()).sort(), { timeout: 2 * SLOW_MS, interval: 500 })
    .toEqual([
      ["Cold", true],
      ["Served", true],
      ["Warm", true],
    ]);

  const voter = await person();
  await voteTwentyTimes(voter, link);
  await expect.poll(async () => (await read()).snapshot?.votes, { timeout: SLOW_MS }).toBe(20);

  await owner.goto(`${salon.url}/leaderboard/${board}`);
  const table = owner.getByRole("table").first();
  await table.waitFor();
  const rows = await table.locator("tbody tr").allInnerTexts();
  expect(rows.map((row) => ["Warm", "Cold", "Served"].filter((name) => row.includes(name)).length)).toEqual([
    1, 1, 1,
  ]);
  // Enough votes to be sure of nothing: marked as provisional, with an interval all the same.
  expect((await read()).rows.every(({ rating, votes }) => rating !== null && votes > 0)).toBe(true);

  const stranger = await person();
  for (const path of [
    `/leaderboard/${board}`,
    `/arena?board=${board}`,
    `/boards/${board}/settings`,
    "/prompts/cups",
  ]) {
    expect([path, (await stranger.goto(`${salon.url}${path}`))?.status()]).toEqual([path, 404]);
  }
  for (const path of ["/", "/boards", "/models", "/leaderboard", "/runs", "/prompts", "/judges"]) {
    await stranger.goto(`${salon.url}${path}`);
    expect(await stranger.locator("body").innerText()).not.toMatch(/Cups|Warm|Cold|Served|Own judge/);
  }
}, 600_000);
