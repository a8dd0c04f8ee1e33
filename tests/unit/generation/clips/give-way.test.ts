import { expect, it } from "vitest";
import { giveWay } from "@/generation/clips/give-way";

it("a piece waits for the batch that is being done, and the work then goes on for as long as it waited", async () => {
  let now = 0;
  let batches = 0;
  const batch = () => {
    batches += 1;
    return Promise.resolve().then(() => void (now += 300));
  };
  const turn = giveWay(batch, () => now);
  await turn();
  expect([now, batches]).toEqual([300, 1]);
  // Pieces of 100: three of them, before the next batch is waited for.
  for (const piece of [1, 2, 3]) {
    await turn();
    expect([piece, now, batches]).toEqual([piece, 200 + 100 * piece, 1]);
    now += 100;
  }
  await turn();
  expect([now, batches]).toEqual([900, 2]);
});

it("nothing is waited for where there is no batch", async () => {
  const turn = giveWay(
    () => undefined,
    () => 0,
  );
  await turn();
  await turn();
});
