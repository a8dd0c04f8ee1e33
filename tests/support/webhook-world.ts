import { POST as postWebhook } from "@/app/api/v1/webhooks/route";
import { newId } from "@/lib/db/new-id";
import type { Db } from "@/lib/db/client";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { NewWebhook, WebhookCreation } from "@/lib/schemas/webhooks";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { request } from "./api-requests";
import { submissionOf } from "./evaluation-world";

/** A visitor with a genuine cookie. */
export async function makeVisitor(): Promise<{ voterId: string; cookie: string }> {
  const voterId = newId("voter");
  return { voterId, cookie: `${VOTER_COOKIE}=${await signVoterCookie(voterId)}` };
}

/** A model of somebody's with a run that has no jobs, its endpoint at an origin where nothing listens unless told. */
export async function submitModel(db: Db, voterId: string | null, origin = "http://127.0.0.1:9") {
  const name = `Test model ${newId("model").slice(-8)}`;
  const submission = submissionOf({ origin }, { name, creator: `Creator of ${name}` });
  const made = await db.$transaction((tx) => submitEndpoint({ submission, voterId }, tx));
  await db.$executeRaw`delete from graphile_worker._private_jobs where key like ${`${made.runId}:%`}`;
  return made;
}

/** Add a webhook over the API. */
export async function addWebhook(webhook: Partial<WebhookCreation> & { url: string }, cookie: string) {
  const body = { events: ["run.finished"], ...webhook };
  const response = await postWebhook(request("POST", "/api/v1/webhooks", { body, cookie }));
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as NewWebhook;
}
