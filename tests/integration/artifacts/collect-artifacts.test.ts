import { access, mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { collectArtifacts } from "@/lib/artifacts/collect-artifacts";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { readDerivative } from "@/lib/media/image-derivative";
import { artifactFolder, derivativeFolder, getArtifact, putArtifact } from "@/lib/artifacts/store";
import { inTransaction } from "@/lib/db/client";
import { newReferenceSet } from "@/lib/references/add-reference";
import { buildReference } from "@/lib/references/build-reference";
import { removeReference } from "@/lib/references/remove-reference";
import { sha256 } from "@/lib/encoders/manifest";
import { useDataFolder } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const row = { mediaType: "image/png", width: 32, height: 32 };

const fileOf = (hash: string) => path.join(artifactFolder(), hash.slice(0, 2), hash);
const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

async function addSet(name: string, images: Buffer[]): Promise<string> {
  const source = path.join(folder.path, name);
  await mkdir(source, { recursive: true });
  await Promise.all(images.map((bytes, i) => writeFile(path.join(source, `${i}.png`), bytes)));
  const set = { name, encoder: "toybox-encoder", kind: "path" as const, source, ownerId: null };
  const id = await newReferenceSet(set, database.db);
  await buildReference(id, database.db);
  return id;
}

it("a removed set's images go, with all that was known of them; those that another set has stay", async () => {
  const { db } = database;
  const [shared, own, other] = await Promise.all(
    ["shared", "own", "other"].map((seed) => noisePng(32, 32, seed)),
  );
  const first = await addSet("first", [shared, own]);
  await addSet("second", [shared, other]);
  await readDerivative(sha256(own));
  expect(await collectArtifacts(db, 0)).toMatchObject({ artifacts: 0 });

  await removeReference({ referenceId: first, by: "operator" }, db);
  expect(await collectArtifacts(db, 0)).toMatchObject({ artifacts: 1 });
  expect(await isThere(fileOf(sha256(own)))).toBe(false);
  expect((await readdir(path.join(derivativeFolder(), sha256(own).slice(0, 2)))).length).toBe(0);
  expect(await db.embedding.count({ where: { artifactHash: sha256(own) } })).toBe(0);
  for (const bytes of [shared, other]) {
    expect(await getArtifact(sha256(bytes))).toEqual(bytes);
    expect(await db.embedding.count({ where: { artifactHash: sha256(bytes) } })).toBe(1);
  }
  expect(await collectArtifacts(db, 0)).toMatchObject({ artifacts: 0, files: 0 });
});

it("nothing is collected while somebody keeps the very image, and it is whole afterwards", async () => {
  const { db } = database;
  const bytes = await noisePng(32, 32, "contested");
  // There already, needed by nobody: what a removed set left.
  await inTransaction((tx) => keepArtifacts([{ bytes, row }], tx), db);
  const set = await addSet("keeper", [await noisePng(32, 32, "a"), await noisePng(32, 32, "b")]);
  await inTransaction(async (tx) => {
    const [artifactHash] = await keepArtifacts([{ bytes, row }], tx);
    expect(await collectArtifacts(db, 0)).toBeNull();
    await tx.referenceImage.create({ data: { referenceSetId: set, index: 9, name: "c", artifactHash } });
  }, db);
  expect(await collectArtifacts(db, 0)).toMatchObject({ artifacts: 0 });
  expect(await getArtifact(sha256(bytes))).toEqual(bytes);
});

it("images kept and collected at the same time always have their bytes", async () => {
  const { db } = database;
  const set = await addSet("busy", [await noisePng(32, 32, "x"), await noisePng(32, 32, "y")]);
  const images = await Promise.all(Array.from({ length: 20 }, (_, i) => noisePng(16, 16, `busy ${i}`)));
  await inTransaction(
    (tx) =>
      keepArtifacts(
        images.map((bytes) => ({ bytes, row })),
        tx,
      ),
    db,
  );
  const keep = images.map((bytes, i) =>
    inTransaction(async (tx) => {
      const [artifactHash] = await keepArtifacts([{ bytes, row }], tx);
      await tx.referenceImage.create({
        data: { referenceSetId: set, index: 100 + i, name: String(i), artifactHash },
      });
    }, db),
  );
  const collect = Array.from({ length: 10 }, () => collectArtifacts(db, 0));
  await Promise.all([...keep, ...collect]);
  for (const bytes of images) expect(await getArtifact(sha256(bytes))).toEqual(bytes);
  expect(await db.referenceImage.count({ where: { referenceSetId: set, index: { gte: 100 } } })).toBe(20);
});

it("bytes without a row, and drafts that were broken off a day ago, are cleared from the folder that is looked through", async () => {
  const { db } = database;
  const lost = await putArtifact(await noisePng(16, 16, "lost"));
  const part = parseInt(lost.slice(0, 2), 16);
  const draft = `${fileOf(lost)}.abc.part`;
  const fresh = `${fileOf(lost)}.def.part`;
  await Promise.all([draft, fresh].map((file) => writeFile(file, "half")));
  const longAgo = new Date(Date.now() - 2 * 24 * 3600_000);
  await utimes(draft, longAgo, longAgo);
  expect(await collectArtifacts(db, part)).toMatchObject({ files: 0 });
  await utimes(fileOf(lost), longAgo, longAgo);
  expect(await collectArtifacts(db, (part + 1) % 256)).toMatchObject({ files: 0 });
  expect(await isThere(fileOf(lost))).toBe(true);
  expect(await collectArtifacts(db, part)).toMatchObject({ files: 1 });
  expect(await Promise.all([fileOf(lost), draft, fresh].map(isThere))).toEqual([false, false, true]);
  await rm(fresh);
});
