import type { Command } from "commander";
import { inTransaction, type Tx } from "@/lib/db/client";
import {
  webhookCreation,
  boardEvents,
  webhookEventType,
  type WebhookEventType,
  type WebhookView,
} from "@/lib/schemas/webhooks";
import { deleteWebhook, rotateWebhookSecret } from "@/lib/webhooks/change-webhook";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { listWebhookDeliveries, listWebhooks } from "@/lib/webhooks/list-webhooks";
import { redeliver, sendTestEvent } from "@/lib/webhooks/send-again";
import { guardedClient } from "@/lib/providers/guarded-client";
import { parseTyped } from "./endpoint-flags";
import { orExit } from "./metric-input";
import { table } from "./table";
import { withDatabase } from "./with-database";

const by = "operator" as const;

/** All of a command, or nothing of it; what it returns is printed. */
const inDatabase = (work: (tx: Tx) => Promise<string>) =>
  orExit(() => withDatabase(async (db) => `${await inTransaction(work, db)}\n`));

type AddFlags = { model?: string; board?: string; event?: WebhookEventType[] };

/** Adds `salon webhooks add | list | remove | rotate | test | deliveries | redeliver`. */
export function registerWebhooks(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("addresses that are sent what happens: of a model, of a board, or of the whole site");
  webhooks
    .command("add")
    .description("have events sent to an address; the secret that signs them is printed this once")
    .argument("<url>", "where events are posted to; a private address needs an entry in OUTBOUND_ALLOW")
    .option("--model <slug>", "what happens to one model")
    .option("--board <slug>", "what happens on one board; neither: on the whole site")
    .option("--event <name...>", `of ${webhookEventType.options.join(", ")} (all that there are)`)
    .action((url: string, flags: AddFlags) => inDatabase((tx) => add(url, flags, tx)).finally(close));
  webhooks
    .command("list")
    .description("all webhooks of the site; of visitors' the host alone is shown")
    .option("--json", "print JSON", false)
    .action(({ json }: { json: boolean }) =>
      inDatabase(async (tx) => {
        const all = await listWebhooks({ by }, tx);
        if (json) return JSON.stringify(all, null, 2);
        const rows = all.map((each) => [
          each.id,
          subjectOf(each),
          each.events.join(" "),
          stateOf(each),
          each.url,
        ]);
        return table([["webhook", "of", "events", "state", "url"], ...rows]);
      }),
    );
  webhooks
    .command("remove")
    .description("delete a webhook, with what it still had to send")
    .argument("<webhook>", "id")
    .action((id: string) =>
      inDatabase(async (tx) => {
        await deleteWebhook({ id, by }, tx);
        return `Removed ${id}.`;
      }),
    );
  webhooks
    .command("rotate")
    .description("give a webhook a new secret, printed this once; the one before signs too for a day")
    .argument("<webhook>", "id")
    .action((id: string) =>
      inDatabase(async (tx) => (await rotateWebhookSecret({ id, by, now: Date.now() }, tx)).secret),
    );
  registerSending(webhooks);
}

function registerSending(webhooks: Command): void {
  webhooks
    .command("test")
    .description("have a worker send a test event; `salon webhooks deliveries` says what came of it")
    .argument("<webhook>", "id")
    .action((id: string) =>
      inDatabase(async (tx) => `${(await sendTestEvent({ id, by }, tx)).id} waits for a worker to send it.`),
    );
  webhooks
    .command("deliveries")
    .description("what a webhook was sent lately, newest first, and what came of it")
    .argument("<webhook>", "id")
    .option("--json", "print JSON, with the bodies that were sent", false)
    .action((id: string, { json }: { json: boolean }) =>
      inDatabase(async (tx) => {
        const all = await listWebhookDeliveries({ id, by }, tx);
        if (json) return JSON.stringify(all, null, 2);
        const rows = all.map(({ id, event, createdAt, state, attempts, problem }) => [
          id,
          event,
          createdAt,
          state,
          String(attempts),
          problem ?? "",
        ]);
        return table([["delivery", "event", "of", "state", "attempts", "problem"], ...rows]);
      }),
    );
  webhooks
    .command("redeliver")
    .description("send an event again, under its id")
    .argument("<webhook>", "id")
    .argument("<delivery>", "id")
    .action((id: string, delivery: string) =>
      inDatabase(async (tx) => {
        await redeliver({ id, delivery, by }, tx);
        return `${delivery} waits for a worker to send it.`;
      }),
    );
}

const close = () => guardedClient().close();

async function add(url: string, { model, board, event }: AddFlags, tx: Tx): Promise<string> {
  const all = board === undefined ? webhookEventType.options : boardEvents;
  const webhook = parseTyped(webhookCreation, { url, model, board, events: event ?? all });
  const { id, secret } = await createWebhook({ webhook, by }, tx);
  return `${id}\n${secret}\nKeep the secret: it is not shown again. Try it: salon webhooks test ${id}`;
}

const subjectOf = ({ model, board }: WebhookView) =>
  model !== null ? `model ${model}` : board !== null ? `board ${board}` : "the whole site";

function stateOf({ disabledAt, failingSince }: WebhookView): string {
  if (disabledAt !== null) return `off since ${disabledAt.slice(0, 10)}`;
  return failingSince === null ? "on" : `fails since ${failingSince.slice(0, 16)}`;
}
