import { expect, it } from "vitest";
import { tarOf } from "@/components/submit/tar-blob";
import { memoryAccess } from "@/lib/media/files/random-access";
import { readTar } from "@/lib/media/files/tar";

it("a folder packed in the browser reads as the same files: long names, other scripts, empty files, in any order", async () => {
  const names = ["a/0.png", `${"deep/".repeat(40)}1.png`, "café/日本 🙂.png", "empty.png", "b/512.bin"];
  const files = names.map((path, i) => ({
    path,
    file: new Blob([new Uint8Array(path === "empty.png" ? 0 : path === "b/512.bin" ? 512 : 700 + i).fill(i)]),
  }));
  const bytes = new Uint8Array(await tarOf(files).arrayBuffer());
  const again = new Uint8Array(await tarOf([...files].reverse()).arrayBuffer());
  expect(bytes).toEqual(again);
  const entries = await readTar(memoryAccess("packed.tar", bytes));
  expect(entries.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const entry of entries) {
    const { file } = files.find(({ path }) => path === entry.name)!;
    expect(await entry.read()).toEqual(new Uint8Array(await file.arrayBuffer()));
  }
});
