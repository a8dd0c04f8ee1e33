import { SETTINGS, switchesOf, type Setting, type Switches } from "@/lib/access/switches";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";

export type KeptSettings = Partial<Record<Setting, boolean>>;

/** What was set on the site itself. A row of another version, or that holds no yes or no, counts as not set. */
export async function readKept(tx: Tx = db()): Promise<KeptSettings> {
  const rows = await tx.$queryRaw<{ key: string; value: unknown }[]>`select key, value from settings`;
  return keptOf(rows);
}

/** The site's switches as they stand. One statement, for every request asks. */
export async function readSwitches(tx: Tx = db()): Promise<Switches> {
  return switchesOf(await readKept(tx), environmentSwitches(), false);
}

const keptOf = (rows: readonly { key: string; value: unknown }[]): KeptSettings =>
  Object.fromEntries(
    rows
      .filter(({ key, value }) => (SETTINGS as readonly string[]).includes(key) && typeof value === "boolean")
      .map(({ key, value }) => [key, value]),
  );

function environmentSwitches() {
  const { ANONYMOUS_VOTING, ANONYMOUS_PROMPTS, ANONYMOUS_SUBMITTING, submissions, openBeyondLoopback } =
    env();
  return {
    anonymousVoting: ANONYMOUS_VOTING,
    anonymousPrompts: ANONYMOUS_PROMPTS,
    anonymousSubmitting: ANONYMOUS_SUBMITTING,
    submissions: submissions !== "off",
    openBeyondLoopback,
  };
}
