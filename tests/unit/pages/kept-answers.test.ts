import { expect, test } from "vitest";
import { KeptAnswers } from "@/lib/pages/kept-answers";

const ofSize = (maxBytes: number) => new KeptAnswers<string>(maxBytes, ({ length }) => length);

test("an answer is made once for each version, also for those who ask while it is being made", async () => {
  const kept = ofSize(1_000);
  let made = 0;
  const make = async () => `answer ${++made}`;
  expect(await Promise.all([kept.get("a", "1", make), kept.get("a", "1", make)])).toEqual([
    "answer 1",
    "answer 1",
  ]);
  expect(await kept.get("a", "2", make)).toBe("answer 2");
  expect(await kept.get("a", "2", make)).toBe("answer 2");
});

test("what fails is made anew, and what an older version is made of never replaces a newer one's", async () => {
  const kept = ofSize(1_000);
  await expect(kept.get("a", "1", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await kept.get("a", "1", async () => "yes")).toBe("yes");
  let finish = (_: string) => {};
  const old = kept.get("b", "1", () => new Promise<string>((resolve) => (finish = resolve)));
  expect(await kept.get("b", "2", async () => "new")).toBe("new");
  finish("old");
  expect(await old).toBe("old");
  expect(await kept.get("b", "2", async () => "made again")).toBe("new");
});

test("no more is kept than there is room for, and what was asked for last stays", async () => {
  const kept = ofSize(250);
  const put = (key: string, say: string) => kept.get(key, "1", async () => say);
  await put("a", "x".repeat(100));
  await put("b", "x".repeat(100));
  await put("a", "not made");
  await put("c", "x".repeat(100));
  expect((await put("a", "gone")).length).toBe(100);
  expect(await put("b", "gone")).toBe("gone");
});
