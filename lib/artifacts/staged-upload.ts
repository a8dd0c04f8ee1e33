import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FileStore } from "@tus/file-store";
import { Server, Upload } from "@tus/server";
import { uploadFolder } from "@/lib/artifacts/receive-upload";

/** Where uploads lie that come in parts, each under its id, with a small file beside it that says how long it will be. */
const folderOfParts = () => path.join(uploadFolder(), "parts");

/** The file of an upload. */
export const stagedPath = (id: string) => path.join(folderOfParts(), id);

const stores = new Map<string, { store: FileStore; server: Server }>();

/** The data folder may be another in tests: one store for each. */
function tus(): { store: FileStore; server: Server } {
  const directory = folderOfParts();
  const known = stores.get(directory);
  if (known !== undefined) return known;
  const store = new FileStore({ directory });
  // Only /{id} is ever asked for: whose it is has been settled by then.
  const server = new Server({ path: "/", datastore: store });
  stores.set(directory, { store, server });
  return { store, server };
}

/**
 * Answer a HEAD or PATCH of the tus protocol (1.0.0) for an upload of a known length; bytes go to its file as they come.
 * @returns the answer, and how many bytes are here then
 */
export async function takePart(
  request: Request,
  upload: { id: string; bytes: number },
): Promise<{ response: Response; received: number }> {
  const { store, server } = tus();
  await begin(upload, store);
  const { method, headers, body } = request;
  const asked = new Request(`http://salon.internal/${upload.id}`, {
    method,
    headers,
    body: method === "PATCH" ? body : undefined,
    signal: request.signal,
    duplex: "half",
  } as RequestInit);
  const answer = await server.handleWeb(asked);
  // Other sites have no business here.
  const kept = [...answer.headers].filter(([name]) => !name.startsWith("access-control-"));
  const response = new Response(answer.status === 204 ? null : await answer.text(), {
    status: answer.status,
    headers: kept,
  });
  return { response, received: await receivedBytes(upload.id) };
}

/** How many bytes of an upload are here. */
export const receivedBytes = (id: string): Promise<number> =>
  stat(stagedPath(id)).then(
    ({ size }) => size,
    () => 0,
  );

async function begin({ id, bytes }: { id: string; bytes: number }, store: FileStore): Promise<void> {
  await mkdir(folderOfParts(), { recursive: true });
  const isThere = await stat(`${stagedPath(id)}.json`).then(
    () => true,
    () => false,
  );
  if (!isThere) await store.create(new Upload({ id, size: bytes, offset: 0 }));
}

/** Delete an upload's file; what is gone already is no error. */
export async function dropStaged(id: string): Promise<void> {
  await rm(stagedPath(id), { force: true });
  await rm(`${stagedPath(id)}.json`, { force: true });
}

/** Ids of the uploads that lie here. */
export async function listStaged(): Promise<string[]> {
  const names = await readdir(folderOfParts()).catch(() => []);
  return [...new Set(names.map((name) => name.replace(/\.json$/, "")))];
}
