import type { Locator, Page } from "playwright-core";

export type Place = { x: number; y: number };

declare global {
  interface Window {
    /** For each vote this page sent: how long its pair had been on the screen, in milliseconds. */
    looks: number[];
  }
}

/** A visitor at the arena, whose votes are watched from beside the site's own code. Call it before the page opens. */
export async function atTheArena(page: Page) {
  await page.addInitScript(watchVotes);
  const image = (letter: "A" | "B") =>
    page.getByRole("button", { name: new RegExp(`Image ${letter} is better`) });
  const bar = page.getByRole("group", { name: "Your vote" }).getByRole("button");
  const next = page.getByRole("button", { name: /Next pair/ });
  const covered = page.getByRole("button", { name: /Show the names/ });
  const open = image("A").and(page.locator(":enabled"));
  return {
    looks: () => page.evaluate(() => window.looks),
    next,
    bar,
    /** The names of the pair that was just voted on: the time to undo is cut short. */
    async showNames() {
      await covered.or(next).waitFor();
      if (await covered.isVisible()) await page.keyboard.press("n");
      await next.waitFor();
    },
    /** Until the pair on the stage takes votes. */
    open: (timeout?: number) => open.waitFor({ timeout }),
    /** The same, but where the names are shown it goes on to another pair first. */
    async openPair(timeout?: number) {
      await open.or(next).waitFor({ timeout });
      if (await next.isVisible()) await page.keyboard.press("n");
      await open.waitFor({ timeout });
    },
    /** The middles of the six controls that vote: the bar's four and both images. */
    votePlaces: async () =>
      Promise.all([...(await bar.all()), image("A"), image("B")].map((control) => centreOf(control))),
    nextPlace: () => centreOf(next),
    /** Whether a click at this place of the window would be a vote, or would be one once the pair takes votes. */
    isVote: ({ x, y }: Place) =>
      page.evaluate(
        ([left, top]) => {
          const button = document.elementFromPoint(left, top)?.closest("button[data-stage]");
          // A second click that came late enough has voted: what lies there now leads on to the names.
          return Boolean(button && !/^(Next|Show the names)/.test(button.textContent ?? ""));
        },
        [x, y],
      ),
  };
}

/** Runs in the page: notes when each image of the stage was first on the screen, and what a vote's images were. */
function watchVotes() {
  const seen = new Map<string, number>();
  const images = () => [...document.querySelectorAll<HTMLImageElement>("button[data-stage] img")];
  requestAnimationFrame(function look(at) {
    for (const { complete, naturalWidth, src } of images())
      if (complete && naturalWidth > 0 && !seen.has(src)) seen.set(src, at);
    requestAnimationFrame(look);
  });
  window.looks = [];
  const { fetch } = window;
  window.fetch = (...request) => {
    if (String(request[0]).endsWith("/api/v1/votes")) {
      const since = images().map(({ src }) => seen.get(src) ?? Infinity);
      window.looks.push(performance.now() - Math.max(...since));
    }
    return fetch(...request);
  };
}

async function centreOf(control: Locator): Promise<Place> {
  const box = await control.boundingBox();
  if (box === null) throw new Error("It is not on the page.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
