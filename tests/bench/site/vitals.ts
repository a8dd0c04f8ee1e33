/**
 * What a visitor waits for, page by page, in a Chromium at a phone's size, each page in a browser profile of its own:
 *
 *   npx tsx tests/bench/site/vitals.ts --url http://127.0.0.1:3000 [--board text-to-image] [--model SLUG] [--runs 3]
 *
 * FCP, LCP and CLS as the browser reports them (medians of the runs), script and HTML as they come over the wire, and, at slow 3G
 * (400 kbit/s each way, 400 ms there and back), how long it takes until the page is loaded and until one can vote in the arena.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../support/browser";

const { values: args } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    board: { type: "string", default: "text-to-image" },
    model: { type: "string" },
    runs: { type: "string", default: "3" },
  },
});

const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
};
const PHONE = { width: 390, height: 844 };
const VOTABLE = "button:has-text('A is better'):enabled";

/** Run in the page before its own scripts; as text, for what compiles this file would put a helper of its own into it. */
const OBSERVE = `
  window.vitals = { fcp: 0, lcp: 0, cls: 0 };
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("paint", (entry) => {
    if (entry.name === "first-contentful-paint") window.vitals.fcp = entry.startTime;
  });
  observe("largest-contentful-paint", (entry) => (window.vitals.lcp = entry.startTime));
  observe("layout-shift", (entry) => {
    if (!entry.hadRecentInput) window.vitals.cls += entry.value;
  });
`;

type Vitals = { fcp: number; lcp: number; cls: number };
type Opened = { page: Page; bytes: { script: number; document: number }; close: () => Promise<void> };

async function open(browser: Browser, network?: typeof SLOW_3G): Promise<Opened> {
  const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, hasTouch: true });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  if (network) await session.send("Network.emulateNetworkConditions", network);
  const bytes = { script: 0, document: 0 };
  const kinds = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind === "Script") bytes.script += encodedDataLength;
    if (kind === "Document") bytes.document += encodedDataLength;
  });
  await page.addInitScript({ content: OBSERVE });
  return { page, bytes, close: () => context.close() };
}

const median = (values: number[]) => [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)];

async function measure(browser: Browser, path: string) {
  const runs: Vitals[] = [];
  let bytes = { script: 0, document: 0 };
  for (let run = 0; run < Number(args.runs); run++) {
    const opened = await open(browser);
    await opened.page.goto(args.url + path, { waitUntil: "networkidle" });
    runs.push(await opened.page.evaluate(() => (window as unknown as { vitals: Vitals }).vitals));
    bytes = opened.bytes;
    await opened.close();
  }
  const slow = await open(browser, SLOW_3G);
  const start = performance.now();
  await slow.page.goto(args.url + path, { waitUntil: "load", timeout: 120_000 });
  const loaded = performance.now() - start;
  let votable: number | null = null;
  if (path.startsWith("/arena")) {
    await slow.page
      .locator(VOTABLE)
      .first()
      .waitFor({ timeout: 60_000 })
      .then(
        () => (votable = performance.now() - start),
        () => {},
      );
  }
  await slow.close();
  return {
    fcp: median(runs.map(({ fcp }) => fcp)),
    lcp: median(runs.map(({ lcp }) => lcp)),
    cls: median(runs.map(({ cls }) => cls)),
    bytes,
    loaded,
    votable,
  };
}

console.log(
  `${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}, phone ${PHONE.width}x${PHONE.height}`,
);
const row = (cells: string[]) =>
  console.log(cells.map((cell, k) => (k === 0 ? cell.padEnd(34) : cell.padStart(10))).join(" "));
row(["page", "FCP ms", "LCP ms", "CLS", "script kB", "HTML kB", "3G load s", "votable s"]);
const browser = await launchBrowser();
for (const path of [
  "/",
  `/arena?board=${args.board}`,
  `/leaderboard/${args.board}`,
  "/models",
  ...(args.model === undefined ? [] : [`/models/${args.model}`]),
  "/docs/methods",
  "/submit",
  "/stack",
]) {
  const { fcp, lcp, cls, bytes, loaded, votable } = await measure(browser, path);
  row([
    path,
    fcp.toFixed(0),
    lcp.toFixed(0),
    cls.toFixed(3),
    (bytes.script / 1000).toFixed(0),
    (bytes.document / 1000).toFixed(1),
    (loaded / 1000).toFixed(1),
    votable === null ? "" : (votable / 1000).toFixed(1),
  ]);
}
await browser.close();
