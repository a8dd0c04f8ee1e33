import { existsSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import { Window as HtmlWindow } from "happy-dom";
import type { Browser, Locator, Page } from "playwright-core";
import { PARTS } from "@/components/demos/chapters";
import { PAGES } from "@/lib/access/pages";
import { LANGUAGE_COOKIE, PSEUDO_LANGUAGE } from "@/lib/schemas/languages";
import { outsideTexts } from "@/messages/outside-text";
import { ENOUGH_CLUSTERS } from "@/lib/ratings/dependence";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LeaderboardResponse } from "@/lib/schemas/leaderboard";
import { isPortTaken } from "@/cli/start/ports";
import { atTheArena } from "../support/arena-visitor";
import { launchBrowser } from "../support/browser";
import { startServer, type TestServer } from "../support/http-server";
import { makeSalonHome, startSalon, type RunningSalon, type SalonHome } from "../support/start-salon";

const BOARD = "text-to-image";
const GENERATING_MS = 180_000;
/** A pair that was on the screen for less was not looked at. */
const LOOK_MS = 600;

let home: SalonHome;
let salon: RunningSalon;
let browser: Browser;
/** A student's own endpoint beside the site: it has the bundled backend draw, which may not be submitted itself. */
let student: TestServer;

beforeAll(async () => {
  student = await startServer(async (request, response) => {
    const order = Buffer.concat(await request.toArray());
    const answer = await fetch(`${salon.generationUrl}${request.url}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: order,
    });
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  // The bundled models' own runs are cut short: the tests want the processor for themselves.
  // A test votes faster than a person may.
  home = await makeSalonHome({
    SEED_PROMPT_COUNT: "6",
    VOTES_PER_MINUTE: "600",
    PSEUDO_LANGUAGE: "true",
    OUTBOUND_ALLOW: `127.0.0.1:${student.port}`,
  });
  [salon, browser] = await Promise.all([startSalon(home), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await salon?.stop();
  await student?.close();
  home?.remove();
});

declare global {
  interface Window {
    /** For each paint with two clips on the stage: the frame that each of them showed. */
    paints: [number, number][];
  }
}

/** Runs in the page. */
function watchClips() {
  window.paints = [];
  requestAnimationFrame(function look() {
    const frames = [...document.querySelectorAll<HTMLElement>("[data-frame]")];
    if (frames.length === 2)
      window.paints.push([Number(frames[0].dataset.frame), Number(frames[1].dataset.frame)]);
    requestAnimationFrame(look);
  });
}

const board = async () =>
  (await (await fetch(`${salon.url}/api/v1/leaderboards/${BOARD}`)).json()) as LeaderboardResponse;

type Size = { width?: number; height?: number; language?: string };

/** What the site's own policy of scripts kept pages from, in any test. */
const violations: string[] = [];
afterEach(() => {
  expect(violations.splice(0)).toEqual([]);
});

/** A visitor's browser window that fails the test on any script error and on any script that the site's policy stops. */
async function openWindow({ width = 1280, height = 900, language }: Size): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  if (language !== undefined)
    await page.context().addCookies([{ name: LANGUAGE_COOKIE, value: language, url: salon.url }]);
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => {
    throw error;
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) violations.push(message.text());
  });
  return page;
}

async function visit(path: string, size: Size = {}): Promise<Page> {
  const page = await openWindow(size);
  await page.goto(`${salon.url}${path}`);
  return page;
}

async function visitArena(size: Size = {}) {
  const page = await openWindow(size);
  const arena = await atTheArena(page);
  await page.goto(`${salon.url}/arena`);
  return { page, arena };
}

/** Tab, until this has the focus: whoever has no mouse must get there. */
async function tabTo(page: Page, target: Locator) {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  await target.waitFor();
  for (let stops = 0; !(await hasFocus()); stops++) {
    expect(stops, "Tab does not lead there").toBeLessThan(100);
    await page.keyboard.press("Tab");
  }
}

describe("a visitor", () => {
  test("votes three times, by key and by click, sees who made the images, and the leaderboard changes", async () => {
    const page = await visit("/arena");
    const ready = () => page.getByRole("button", { name: /Image A is better/ }).and(page.locator(":enabled"));
    for (const cast of [
      () => page.keyboard.press("a"),
      () => page.getByRole("button", { name: /Image B is better/ }).click(),
      () => page.keyboard.press("t"),
    ]) {
      await ready().waitFor({ timeout: GENERATING_MS });
      // Blind until the vote: no model's name stands with the images.
      const names = (await board()).rows.map((row) => row.name);
      for (const letter of ["A", "B"]) {
        const side = page.getByRole("button", { name: `Image ${letter} is better` }).locator("..");
        for (const name of names) expect(await side.innerHTML()).not.toContain(name);
      }
      await cast();
      // The time to undo is cut short.
      await page.getByRole("button", { name: "Undo" }).waitFor();
      await page.keyboard.press("Enter");
      const next = page.getByRole("button", { name: /Next pair/ });
      await next.waitFor();
      const revealed = await page.locator("main").innerText();
      expect(names.filter((name) => revealed.includes(name)).length).toBeGreaterThanOrEqual(2);
      await page.keyboard.press("Enter");
    }

    await expect.poll(async () => (await board()).snapshot?.votes, { timeout: 60_000 }).toBe(3);
    const { rows } = await board();
    expect(rows.filter((row) => row.rating !== null).length).toBeGreaterThanOrEqual(2);
    // Each vote counts for both of its models.
    expect(rows.reduce((sum, row) => sum + row.votes, 0)).toBe(6);
    await page.goto(`${salon.url}/leaderboard/${BOARD}`);
    await page.getByRole("table").first().waitFor();
    expect(await page.locator("main").innerText()).toContain(rows[0].name);
    await page.close();
  });

  // Side by side: they mostly wait.
  test.concurrent.each([
    ["a desktop", 1440, 900],
    ["a phone", 390, 844],
  ])(
    "casts no vote on an unseen pair in 30 double clicks on %s: on Next, and on every vote while the next pair comes",
    async (_name, width, height) => {
      const { page, arena } = await visitArena({ width, height });
      // A person's double click is 30 to 500 ms apart.
      const gaps = [30, 120, 250, 350, 480];
      for (let round = 0; round < 30; round++) {
        await arena.openPair(GENERATING_MS);
        const places = await arena.votePlaces();
        await page.keyboard.press("t");
        await arena.showNames();
        const next = await arena.nextPlace();
        const second = [next, ...places][round % (places.length + 1)];
        await page.mouse.click(next.x, next.y);
        await page.mouse.move(second.x, second.y);
        await page.waitForTimeout(gaps[round % gaps.length]);
        await page.mouse.click(second.x, second.y, { clickCount: 2, delay: 10 });
        await arena.openPair();
        expect(await arena.isVote(next), "Next lies on a vote").toBe(false);
      }
      const looks = await arena.looks();
      expect(looks.length).toBeGreaterThanOrEqual(30);
      expect(looks.filter((look) => look < LOOK_MS)).toEqual([]);
      await page.close();
    },
  );

  test("casts one vote by a key that is held down, through the next pair and the one after", async () => {
    const { page, arena } = await visitArena();
    for (const key of ["a", "Enter", " "]) {
      await arena.open(GENERATING_MS);
      await arena.bar.first().focus();
      await page.keyboard.down(key);
      // Space presses a button when it is let go.
      if (key === " ") await page.keyboard.up(key);
      await arena.showNames();
      if (key === " ") await page.keyboard.down(key);
      else await arena.next.click();
      await arena.next.waitFor({ state: "hidden" });
      await arena.bar.first().focus();
      let isOpen = false;
      void arena.open().then(() => (isOpen = true));
      while (!isOpen) await page.keyboard.down(key);
      for (let repeat = 0; repeat < 10; repeat++) await page.keyboard.down(key);
      expect(await arena.looks(), JSON.stringify(key)).toHaveLength(1);
      await page.reload();
      await page.keyboard.up(key);
    }
    // Arrow up and down scroll, here as on every page.
    await page.setViewportSize({ width: 1280, height: 500 });
    await arena.open();
    const scrolled = () => page.evaluate(() => window.scrollY);
    await page.keyboard.press("ArrowDown");
    await expect.poll(scrolled).toBeGreaterThan(0);
    const most = await scrolled();
    // A page that grows meanwhile is held where it is read: one press may not show.
    const scrollUp = async () => {
      await page.keyboard.press("ArrowUp");
      return scrolled();
    };
    await expect.poll(scrollUp).toBeLessThan(most);
    expect(await arena.looks()).toEqual([]);
    await page.close();
  });

  test("votes five times on the board of videos, where both clips show the same frame in every paint", async () => {
    const page = await openWindow({});
    await page.addInitScript(watchClips);
    await page.goto(`${salon.url}/arena?board=text-to-video`);
    const next = page.getByRole("button", { name: /Next pair/ });
    for (let vote = 0; vote < 5; vote++) {
      await page
        .getByRole("button", { name: /A is better/ })
        .and(page.locator(":enabled"))
        .first()
        .waitFor({ timeout: GENERATING_MS });
      await page.evaluate(() => (window.paints = []));
      // Twelve of a clip's seventeen frames: more than a second of it.
      await page.waitForFunction(() => new Set(window.paints.map(([left]) => left)).size >= 12);
      const paints = await page.evaluate(() => window.paints);
      expect(paints.filter(([left, right]) => left !== right)).toEqual([]);
      await page.keyboard.press("a");
      // Nobody waits for what may be undone.
      await page.getByRole("button", { name: /Show the names/ }).click();
      await next.waitFor();
      await page.keyboard.press("Enter");
      await next.waitFor({ state: "hidden" });
    }
    await expect
      .poll(
        async () => {
          const answer = await fetch(`${salon.url}/api/v1/leaderboards/text-to-video`);
          return ((await answer.json()) as LeaderboardResponse).snapshot?.votes;
        },
        { timeout: 60_000 },
      )
      .toBe(5);
    await page.close();
  });

  test.each([
    [`/media/boards/${BOARD}/card.png`, "image/png"],
    [`/media/boards/${BOARD}/feed.xml`, "application/atom+xml"],
    ["/media/models/flow-dit-latent/card.png", "image/png"],
    ["/media/models/flow-dit-latent/badge.svg", "image/svg+xml"],
    ["/robots.txt", "text/plain"],
    ["/sitemap.xml", "application/xml"],
  ])("finds %s, which other sites and programs fetch", async (path, type) => {
    const answer = await fetch(`${salon.url}${path}`);
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, type]);
  });

  test("types a prompt of their own and gets two images to judge", async () => {
    const page = await visit("/arena");
    await page.getByRole("button", { name: /Image A is better/ }).waitFor({ timeout: GENERATING_MS });
    await page.getByLabel("Or ask for an image of your own").fill("a teddy bear reading a book");
    await page.getByRole("button", { name: "Generate" }).click();
    await page.getByRole("heading", { name: /a teddy bear reading a book/ }).waitFor();
    const left = page.getByRole("button", { name: /Image A is better/ }).and(page.locator(":enabled"));
    await left.waitFor({ timeout: GENERATING_MS });
    await left.click();
    await page.getByRole("button", { name: /Next pair/ }).waitFor();
    await page.close();
  });

  test("follows noise to an image by key and by play, and has a prompt of their own drawn by every bundled model", async () => {
    const page = await visit("/stack");
    const slider = page.getByRole("slider", { name: "Sampling step" });
    await slider.waitFor({ timeout: GENERATING_MS });
    const frame = () =>
      page
        .getByRole("img", { name: "Where the walk stands" })
        .evaluate((pane) => getComputedStyle(pane).backgroundPositionX);
    const step = page.locator("[data-step]");
    await slider.press("Home");
    expect(await step.innerText()).toMatch(/^step 0 of \d+$/);
    const noise = await frame();
    await slider.press("ArrowRight");
    expect(await step.innerText()).toMatch(/^step 1 of \d+$/);
    expect(await slider.getAttribute("aria-valuetext")).toBe(await step.innerText());
    const next = await frame();
    expect(next).not.toBe(noise);
    await slider.press("End");
    expect(await step.innerText()).toBe("finished");
    expect([noise, next]).not.toContain(await frame());
    // Played from its end it begins anew; paused, it stays.
    await page.getByRole("button", { name: "Play the walk" }).click();
    await step.getByText(/^step [2-9] of/).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const paused = await step.innerText();
    await page.getByRole("button", { name: "Play the walk" }).waitFor();
    expect(await step.innerText()).toBe(paused);

    const prompt = page.getByLabel("Or a prompt of your own");
    await prompt.fill("a red unicorn on a blue background");
    await prompt.press("Enter");
    await page.getByText(/^All \d+ drawn/).waitFor({ timeout: GENERATING_MS });
    expect(await page.getByText(/never taught “unicorn”/).count()).toBe(1);
    const { data } = (await (await fetch(`${salon.generationUrl}/v1/models`)).json()) as {
      data: { id: string; salon: { endpoint: string } }[];
    };
    const drawing = data.filter((model) => model.salon.endpoint === "/v1/images/generations");
    const images = page.getByRole("list", { name: /by every model/ }).getByRole("img");
    expect(await images.count()).toBe(drawing.length);
    await page.close();
  });

  test("runs the site's own scripts, the theme's before the first paint, and none that was put into a page", async () => {
    const page = await browser.newPage();
    await page.route("**/docs/methods", async (route) => {
      const response = await route.fetch();
      const given = await response.text();
      const body = given.replace(
        "</body>",
        "<script>window.injected = 1</script><a id=bait onclick='window.injected = 2'>.</a></body>",
      );
      expect(body).not.toBe(given);
      await route.fulfill({ response, body });
    });
    await page.addInitScript(() => {
      localStorage.setItem("salon-theme", "dark");
      // Nothing of a page is painted before its header is there.
      const watch = new MutationObserver(() => {
        if (document.querySelector("header") === null) return;
        watch.disconnect();
        Object.assign(window, { themeAtFirst: document.documentElement.dataset.theme });
      });
      watch.observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${salon.url}/docs/methods`);
    expect(await page.evaluate(() => Reflect.get(window, "themeAtFirst") as unknown)).toBe("dark");
    await page.locator("#bait").evaluate((bait: HTMLElement) => bait.click());
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    await page.getByRole("button", { name: /Theme: dark/ }).click();
    await page.getByRole("button", { name: /Theme: system/ }).waitFor();
    await page.close();
  });

  test("says on the methods page what the intervals of the board allow for, and nothing of hanging on any page", async () => {
    const methods = await visit("/docs/methods");
    const words = (await methods.locator("main").innerText()).replace(/\s+/g, " ");
    expect(words).toContain(
      `clustered by voter and by prompt, by each of the two that has at least ${ENOUGH_CLUSTERS}`,
    );
    for (const path of ["/", "/stack", "/arena", `/leaderboard/${BOARD}`]) {
      const page = await visit(path);
      expect(await page.locator("body").innerText()).not.toMatch(/\bhang|\bhung/i);
      await page.close();
    }
  });

  /** Every page of the site: of those that there are many of, one; and one that does not exist. */
  const everyPage = async () => {
    const { rows } = await board();
    const [run] = /\/runs\/run_\w+/.exec(await (await fetch(`${salon.url}/runs`)).text()) ?? [];
    const some: Record<string, string[]> = {
      "/leaderboard/[board]": [`/leaderboard/${BOARD}`],
      "/leaderboard/[board]/compare": [
        `/leaderboard/${BOARD}/compare?vs=${rows.slice(0, 3).map(({ model }) => model)}`,
      ],
      "/leaderboard/[board]/explore": [`/leaderboard/${BOARD}/explore`],
      "/leaderboard/[board]/votes": [
        `/leaderboard/${BOARD}/votes?vs=${rows.slice(0, 2).map(({ model }) => model)}`,
      ],
      "/boards/[slug]/settings": [`/boards/${BOARD}/settings`],
      "/models/[slug]": [`/models/${rows[0].model}`],
      "/prompts/[slug]": ["/prompts/toybox-v1"],
      "/runs/[id]": [run!],
      "/stack/[part]": Object.keys(PARTS).map((part) => `/stack/${part}`),
      "/invite/[token]": ["/invite/none"],
    };
    return [
      ...Object.keys(PAGES).flatMap((path) => some[path] ?? (path.includes("[") ? [] : [path])),
      "/nowhere",
    ];
  };

  const barriersOf = async (page: Page, options: RunOptions) => {
    const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  };
  const CONTRAST = "color-contrast";

  /** Looks at every page, two windows at a time. */
  const lookAtEvery = async (
    size: Parameters<typeof openWindow>[0],
    look: (page: Page, path: string) => Promise<void>,
  ) => {
    const open = await everyPage();
    const lookOn = async () => {
      const page = await openWindow(size);
      for (let path = open.shift(); path !== undefined; path = open.shift()) {
        // Text that is still fading in has no contrast yet.
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await page.goto(`${salon.url}${path}`);
        await page.locator("main").waitFor();
        await page.evaluate(axe.source);
        await look(page, path);
      }
      await page.close();
    };
    await Promise.all([lookOn(), lookOn()]);
  };
  /** Colours that change do so at once: on their way they would have, for a moment, those of both. */
  const changeAtOnce = (page: Page) =>
    page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    });

  /** Pages that name models in plots, metrics or rubrics, or say who may do what: those words are the API's too, and English (docs/translations.md). */
  const SAYS_MORE =
    /^\/($|stack\/|leaderboard|models|runs\/|agreement|judges|references|comparisons|account\/tokens|users|settings|audit|votes)/;

  // One walk for both: a page in the language of no one has the same parts and colours, and longer words.
  test("meets no serious barrier that axe finds, on any page, on a desktop, in light or dark, and reads no text outside of the catalogue of messages", async () => {
    await lookAtEvery({ language: PSEUDO_LANGUAGE }, async (page, path) => {
      for (const part of SAYS_MORE.test(path) ? ["header", "footer"] : ["body"]) {
        const { document } = new HtmlWindow();
        document.body.innerHTML = await page.locator(`body > ${part}, ${part}:is(body)`).innerHTML();
        expect(outsideTexts(document.body as unknown as HTMLElement), `${path}, ${part}`).toEqual([]);
      }
      const inLight = await barriersOf(page, {});
      await changeAtOnce(page);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      // Only colours differ.
      const inDark = await barriersOf(page, { runOnly: { type: "rule", values: [CONTRAST] } });
      expect({ path, inLight, inDark }).toEqual({ path, inLight: [], inDark: [] });
    });
  });

  test("filters a board by keyboard alone, has the filter in the address, and goes back from it", async () => {
    const page = await visit(`/leaderboard/${BOARD}`);
    const weights = page.getByLabel("Weights", { exact: true });
    await tabTo(page, weights);
    await page.keyboard.type("Closed");
    await page.waitForURL(/open=no/);
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("open"));
    await expect.poll(() => weights.inputValue()).toBe("");
    await page.close();
  });

  test("sees intervals, and what is chosen, where the system chooses the colours", async () => {
    const page = await openWindow({});
    await page.emulateMedia({ forcedColors: "active" });
    await page.goto(`${salon.url}/leaderboard/${BOARD}`);
    const colourOf = (mark: Locator) => mark.evaluate((element) => getComputedStyle(element).backgroundColor);
    const bar = page.getByRole("img", { name: /95% interval/ }).first();
    const ground = await colourOf(page.locator("body"));
    for (const mark of await bar.locator("span").all()) expect(await colourOf(mark)).not.toBe(ground);
    const chosen = page.locator('[aria-checked="true"]').first();
    expect(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
    await page.close();
  });

  const WIDTHS = { "a small phone": 320, "a tablet": 768, "a phone": 390 };

  test("reads every page on a phone: no scrolling sideways, nor at 320 pixels or on a tablet, no serious barrier, none of /stack and the API heavier than 250 kB of HTML", async () => {
    await lookAtEvery({ width: 390, height: 844 }, async (page, path) => {
      for (const [device, width] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width, height: 844 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${path} is wider than ${device}`).toBeLessThanOrEqual(0);
        // A phone's layout is one, whatever its width, and the desktop's is looked at above. Colours are the same on all.
        if (width !== 390) continue;
        const withoutColours = { rules: { [CONTRAST]: { enabled: false } } };
        expect(await barriersOf(page, withoutColours), `${path}, ${device}`).toEqual([]);
      }
      if (!path.startsWith("/stack") && path !== "/docs/api") return;
      const { length } = await (await fetch(`${salon.url}${path}`)).text();
      expect(length, `${path} is too heavy`).toBeLessThan(250_000);
    });
  });
});

describe("a submitter", () => {
  test("tests an endpoint, submits it, watches the run and finds the model on the board with its scores", async () => {
    const { data } = (await (await fetch(`${salon.generationUrl}/v1/models`)).json()) as {
      data: { id: string }[];
    };
    const page = await visit("/submit");
    await page.locator("#endpointUrl").fill(`${student.origin}/v1`);
    await page.locator("#providerModel").fill(data[0].id);
    await page.locator("#name").fill("Submitted by a test");
    await page.locator("#creator").fill("A student");
    await page.locator("#promptCount").fill("10");
    await page.getByRole("button", { name: /Test (the )?connection/ }).click();
    await page.getByText(/64 by 64 pixels/).waitFor({ timeout: GENERATING_MS });

    await page.getByRole("button", { name: /^Submit/ }).click();
    await page.waitForURL(/\/runs\/run_/);
    await page.getByText("fd-toybox", { exact: false }).first().waitFor({ timeout: GENERATING_MS });
    await page.getByRole("link", { name: /The model.s page/ }).waitFor();

    const row = (await board()).rows.find((candidate) => candidate.name === "Submitted by a test");
    expect(row).toMatchObject({ creator: "A student", rating: null });
    expect(row?.metrics["fd-toybox"]).toMatchObject({ n: 10 });
    expect(row?.metrics["grader-alignment"].n).toBeGreaterThan(0);
    await page.close();
  });

  test("is told in words what is wrong with an endpoint that is not there, by keyboard alone", async () => {
    const page = await visit("/submit");
    await tabTo(page, page.locator("#endpointUrl"));
    await page.keyboard.type("http://127.0.0.1:9/v1");
    await tabTo(page, page.locator("#providerModel"));
    await page.keyboard.type("nothing");
    await tabTo(page, page.getByRole("button", { name: /Test (the )?connection/ }));
    await page.keyboard.press("Enter");
    await page
      .getByText(/is not on the public Internet/)
      .first()
      .waitFor();
    await page.close();
  });
});

/** The commands of a process's children, by process id; of Linux alone. */
function childrenOf(pid: number): [number, string][] {
  const ids = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .map(Number);
  return ids.map((id) => [id, readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").join(" ")]);
}

describe("an operator", () => {
  test.runIf(existsSync("/proc/self/autogroup"))(
    "sees what draws and scores give way to the site, by process and by session",
    () => {
      const children = childrenOf(salon.pid);
      for (const name of ["generation", "worker", "web"]) {
        const [pid] = children.find(([, command]) => command.includes(`salon.mjs ${name}`))!;
        const niceness = name === "web" ? 0 : 10;
        expect(getPriority(pid), name).toBe(niceness);
        expect(readFileSync(`/proc/${pid}/autogroup`, "utf8"), name).toContain(`nice ${niceness}\n`);
      }
    },
  );

  test("stops everything with one Ctrl-C within five seconds, and finds the votes again after a restart", async () => {
    const before = await board();
    const { code, ms } = await salon.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5_000);
    for (const name of ["PORT", "GENERATION_PORT", "EMBEDDED_POSTGRES_PORT"]) {
      expect(await isPortTaken(Number(home.env[name]), "127.0.0.1"), `${name} is still in use`).toBe(false);
    }
    salon = await startSalon(home);
    const after = await board();
    // By name: a fit that was due before the stop may have changed the order.
    const elos = ({ rows }: typeof before) => new Map(rows.map(({ model, elo }) => [model, elo]));
    expect(elos(after)).toEqual(elos(before));
  });
});
