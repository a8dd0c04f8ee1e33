import { SalonError } from "@/lib/errors";

/** Whether an error says that the disk, ours or the database's, is full: ENOSPC, EDQUOT, or PostgreSQL's 53100. */
export function isDiskFull(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as { code?: unknown };
    if (code === "ENOSPC" || code === "EDQUOT" || code === "53100") return true;
    if (/no space left on device|disk quota exceeded/i.test(each.message)) return true;
  }
  return false;
}

/** What whoever brings something to a nearly full disk is told. */
export const pausedByDisk = () =>
  new SalonError("unavailable", "Paused: this site's disk is nearly full. Try again later.", {
    retryAfterSeconds: 60,
  });
