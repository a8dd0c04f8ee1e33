import { expect, it, vi } from "vitest";
import { BatchQueue, QueueClosedError, QueueFullError } from "@/generation/batch-queue";

/** A queue whose batches finish when the test says so. */
function heldQueue({ limit = 100, maxBatch = 4 } = {}) {
  const batches: {
    tasks: string[];
    signal: AbortSignal;
    finish: () => void;
    fail: (error: Error) => void;
  }[] = [];
  const started = vi.fn();
  const queue = new BatchQueue<string, string>({
    limit,
    maxBatch,
    gatherMs: 1,
    run: (tasks, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        batches.push({
          tasks,
          signal,
          finish: () => resolve(tasks.map((task) => task.toUpperCase())),
          fail: reject,
        });
        started();
      }),
  });
  const batch = async (index: number) => {
    await vi.waitFor(() => expect(started.mock.calls.length).toBeGreaterThan(index), { interval: 1 });
    return batches[index];
  };
  return { queue, batch, batches };
}

const never = new AbortController().signal;

it("gathers what has one key into one batch, in order of arrival, and answers each caller its own", async () => {
  const { queue, batch } = heldQueue();
  const first = queue.submit("k", ["a", "b"], never);
  const other = queue.submit("other", ["x"], never);
  const second = queue.submit("k", ["c"], never);
  expect((await batch(0)).tasks).toEqual(["a", "b", "c"]);
  (await batch(0)).finish();
  expect((await first).results).toEqual(["A", "B"]);
  expect((await second).results).toEqual(["C"]);
  (await batch(1)).finish();
  expect((await other).results).toEqual(["X"]);
});

it("splits more tasks than a batch holds, and keeps their order", async () => {
  const { queue, batch, batches } = heldQueue({ maxBatch: 2 });
  const all = queue.submit("k", ["a", "b", "c", "d", "e"], never);
  for (const index of [0, 1, 2]) (await batch(index)).finish();
  expect((await all).results).toEqual(["A", "B", "C", "D", "E"]);
  expect(batches.map((each) => each.tasks.length)).toEqual([2, 2, 1]);
});

it("serves the oldest key next: a popular model cannot starve another", async () => {
  const { queue, batch } = heldQueue({ maxBatch: 2 });
  const submitted = [
    ["k", "a", "b"],
    ["other", "x"],
    ["k", "c", "d"],
  ].map(([key, ...tasks]) => queue.submit(key, tasks, never));
  (await batch(0)).finish();
  expect((await batch(1)).tasks).toEqual(["x"]);
  (await batch(1)).finish();
  (await batch(2)).finish();
  await Promise.all(submitted);
});

it("refuses what does not fit, all of it, and says when to come back", async () => {
  const { queue, batch } = heldQueue({ limit: 3, maxBatch: 2 });
  const running = queue.submit("k", ["a", "b"], never);
  await batch(0);
  const waiting = queue.submit("k", ["c", "d"], never);
  const refused = await queue.submit("k", ["e", "f"], never).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(QueueFullError);
  expect((refused as QueueFullError).retryAfterSeconds).toBeGreaterThanOrEqual(1);
  expect(queue.length).toBe(2);
  const fits = queue.submit("k", ["e"], never);
  for (const index of [0, 1, 2]) (await batch(index)).finish();
  await Promise.all([running, waiting, fits]);
});

it("drops what a caller who left had waiting, and does not run it", async () => {
  const { queue, batch } = heldQueue({ maxBatch: 1 });
  const gone = new AbortController();
  const running = queue.submit("k", ["a"], never);
  await batch(0);
  const left = queue.submit("k", ["b", "c"], gone.signal);
  const stays = queue.submit("k", ["d"], never);
  gone.abort(new Error("left"));
  await expect(left).rejects.toThrow("left");
  expect(queue.length).toBe(1);
  (await batch(0)).finish();
  expect((await batch(1)).tasks).toEqual(["d"]);
  (await batch(1)).finish();
  await Promise.all([running, stays]);
});

it("stops a running batch only when every caller in it has left", async () => {
  const { queue, batch } = heldQueue();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = queue.submit("k", ["a"], one.signal);
  const second = queue.submit("k", ["b"], two.signal);
  const { signal } = await batch(0);
  one.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");
  expect(signal.aborted).toBe(false);
  two.abort(new Error("left too"));
  await expect(second).rejects.toThrow("left too");
  expect(signal.aborted).toBe(true);
});

it("passes a batch's failure to its callers, drops the rest of theirs, and goes on", async () => {
  const { queue, batch } = heldQueue({ maxBatch: 2 });
  const failing = queue.submit("k", ["a", "b", "c"], never);
  const next = queue.submit("k", ["d"], never);
  (await batch(0)).fail(new Error("broken"));
  await expect(failing).rejects.toThrow("broken");
  expect((await batch(1)).tasks).toEqual(["d"]);
  (await batch(1)).finish();
  expect((await next).results).toEqual(["D"]);
});

it("closes: running and waiting callers are told, later ones refused", async () => {
  const { queue, batch } = heldQueue({ maxBatch: 1 });
  const callers = [queue.submit("k", ["a"], never), queue.submit("k", ["b"], never)];
  const outcomes = Promise.allSettled(callers);
  const { signal } = await batch(0);
  await queue.close();
  expect(signal.aborted).toBe(true);
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(QueueClosedError) });
  }
  await expect(queue.submit("k", ["c"], never)).rejects.toThrow(QueueClosedError);
});
