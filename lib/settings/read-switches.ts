import { SETTINGS, switchesOf, type Setting, type Switches } from "@/lib/access/switches";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";

export type KeptSettings = Partial<Record<Setting, boolean>>;

/** What was set on the site itself, and whether an account owns it. One statement, for every request asks. */
export async function readKept(tx: Tx = db()): Promise<{ kept: KeptSettings; hasOwner: boolean }> {
  const [{ kept, hasOwner }] = await tx.$queryRaw<
    { kept: Record<string, unknown> | null; hasOwner: boolean }[]
  >`
    select (select jsonb_object_agg(key, value) from settings) as kept,
      exists (select from users where role = 'OWNER') as "hasOwner"`;
  return { kept: keptOf(kept ?? {}), hasOwner };
}

/** The site's switches as they stand. */
export async function readSwitches(tx: Tx = db()): Promise<Switches> {
  const { kept, hasOwner } = await readKept(tx);
  return switchesOf(kept, environmentSwitches(), hasOwner);
}

/** A row of another version, or that holds no yes or no, counts as not set. */
const keptOf = (rows: Record<string, unknown>): KeptSettings =>
  Object.fromEntries(
    SETTINGS.map((key) => [key, rows[key]]).filter(([, value]) => typeof value === "boolean"),
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
