import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { assertInstallation } from "@/lib/installation/check-installation";
import { dropKeys, droppableFrom } from "@/lib/installation/keys/drop-keys";
import { listKeys, lostInWords, type KeyUse } from "@/lib/installation/keys/list-keys";
import { rotateKeys, type Rotation } from "@/lib/installation/keys/rotate-keys";
import { KEY_FILE, readKey } from "./endpoint-flags";
import { enterRoot } from "./root";

/** Adds `salon keys list | rotate | drop`: the keys that stored API keys and webhooks' secrets are sealed with. */
export function registerKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description("the keys that seal stored API keys and webhooks' secrets");
  keys
    .command("list")
    .description("which keys are known here, and what each seals")
    .action(() => connected(async () => listText(await listKeys(db()))));
  keys
    .command("rotate")
    .description("seal everything with a new key, or go on with that; safe while Salon runs")
    .option(KEY_FILE, "file that holds the new key, 64 hexadecimal digits; - reads it from standard input")
    .action(({ keyFile }: { keyFile?: string }) =>
      connected(async () => {
        const rotation = await rotateKeys({ given: await readKey(keyFile) }, db());
        if (rotation.use.lost.length > 0) process.exitCode = 1;
        return rotationText(rotation);
      }),
    );
  keys
    .command("drop")
    .description("forget the keys that seal nothing any more")
    .action(() =>
      connected(async () => {
        const gone = await dropKeys({ now: Date.now() }, db());
        return gone.length === 0 ? "There is no key to drop." : `Dropped ${gone.join(", ")}.`;
      }),
    );
}

async function connected(work: () => Promise<string>): Promise<void> {
  enterRoot();
  try {
    await assertInstallation(db());
    console.log(await work());
  } finally {
    await db().$disconnect();
  }
}

const FROM = { file: "sealing-keys", variable: "SEALING_KEYS", secret: "the secret" } as const;

function listText({ keys, lost }: KeyUse): string {
  const lines = keys.map(({ id, from, madeAt, isCurrent, seals }) => {
    const made = madeAt === null ? "" : `, made ${madeAt.toISOString()}`;
    return `${id}  ${isCurrent ? "current" : "older  "}  seals ${seals}  (from ${FROM[from]}${made})`;
  });
  return [...lines, ...lostInWords(lost)].join("\n");
}

/** What a rotation did, and when the keys before may go. */
export function rotationText({ id, isNew, resealed, use }: Rotation): string {
  const [current, ...older] = use.keys;
  const from = droppableFrom(current.madeAt);
  const when = from === null ? "" : ` from ${from.toISOString()} on`;
  const old = older.filter((key) => key.from !== "secret").map((key) => key.id);
  const stays = older.some((key) => key.from === "secret")
    ? "The one that comes from the installation's secret stays known, and seals nothing any more."
    : "";
  return [
    isNew ? `Key ${id} is new, and seals from now on.` : `Key ${id} seals.`,
    `${resealed} stored keys and secrets were sealed anew; it seals ${current.seals} of them now.`,
    old.length === 0
      ? stays
      : `${old.join(", ")} may be dropped${when} (salon keys drop), once no backup from before is needed.`,
    ...lostInWords(use.lost),
  ]
    .filter(Boolean)
    .join("\n");
}
