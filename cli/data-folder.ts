import { chmod, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Env } from "@/lib/env";

/** What Salon keeps there. postgres/ is PostgreSQL's, which closes it; what else lies there is not ours to change. */
const OWN = ["artifacts", "derivatives", "uploads", "encoders", "logs", "secret", "postgres-password"];

/**
 * Make the data folder, and keep what is in it, and what this process and its children will put there, from the other users
 * of this machine. Folders of an older Salon are closed too.
 * @returns a sentence for each file that another user owns and that stays as it is
 */
export async function closeDataFolder(
  settings: Pick<Env, "SALON_DATA_DIR" | "DATABASE_URL">,
): Promise<string[]> {
  const folder = settings.SALON_DATA_DIR;
  await mkdir(folder, { recursive: true });
  process.umask(0o077);
  // Started by root, PostgreSQL runs as a user of its own, who must get through to its folder, but sees nothing else.
  const isPassedThrough = process.getuid?.() === 0 && settings.DATABASE_URL === undefined;
  const complaints = [await close(folder, isPassedThrough ? 0o711 : 0o700)];
  for (const name of OWN) complaints.push(await close(path.join(folder, name)));
  return complaints.filter((complaint) => complaint !== null);
}

async function close(file: string, mode?: number): Promise<string | null> {
  try {
    const entry = await stat(file);
    const wanted = mode ?? (entry.isDirectory() ? 0o700 : 0o600);
    if ((entry.mode & 0o777) !== wanted) await chmod(file, wanted);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    return `${file} cannot be closed to the other users of this machine (${code}): another user owns it.`;
  }
}
