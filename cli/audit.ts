import type { Command } from "commander";
import { listPages } from "@/lib/audit/list-events";
import { verifyChain } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { auditFilter, type AuditEventView } from "@/lib/schemas/accounts/audit";

/** Adds `salon audit list | verify`: who changed what, and whether that log is as it was written. */
export function registerAudit(program: Command): void {
  const audit = program.command("audit").description("the log of changes");
  audit
    .command("list")
    .description("list changes, the newest first")
    .option("--action <action>", "such as boards.edit")
    .option("--actor <actor>", "operator, system, user, visitor, token, or an id")
    .option("--subject <subject>", "the id or the name of what was changed")
    .option("--since <day>", "from this day on (UTC), such as 2026-11-30")
    .option("--until <day>", "to the end of this day")
    .option("--json", "print JSON, a line an event", false)
    .action(async ({ json, ...flags }: { json: boolean }) => {
      const filter = auditFilter.safeParse(flags);
      if (!filter.success) throw new SalonError("invalid_request", filter.error.issues[0].message);
      try {
        for await (const page of listPages(filter.data)) {
          for (const event of page) console.log(json ? JSON.stringify(event) : told(event));
        }
      } finally {
        await db().$disconnect();
      }
    });
  audit
    .command("verify")
    .description("walk the log from its first event: one that was altered, removed or slipped in is named")
    .option("--expect <hash>", "a hash that an earlier verify printed: the log must still hold its event")
    .action(async ({ expect: expected }: { expect?: string }) => {
      try {
        const { events, hash, broken } = await verifyChain({ expected });
        if (broken !== null) {
          console.error(`Broken at event ${broken.id}: ${broken.why}. The ${events} before it hold.`);
          process.exitCode = 1;
        } else console.log(`${events} events hold. The last hash is ${hash}`);
      } finally {
        await db().$disconnect();
      }
    });
}

function told({
  id,
  at,
  actor,
  actorId,
  action,
  subjectKind,
  subject,
  before,
  after,
}: AuditEventView): string {
  const who = actorId === null ? actor : `${actor} ${actorId}`;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const side = (fields: AuditEventView["before"], name: string) =>
    fields === null ? null : JSON.stringify(fields[name] ?? null);
  const changes = names.map((name) => {
    const sides = [side(before, name), side(after, name)].filter((text) => text !== null);
    return `${name} ${sides.join(" -> ")}`;
  });
  const what = before === null ? "+" : after === null ? "-" : "~";
  return `${id}  ${at}  ${who}  ${action}  ${subjectKind} ${subject}  ${what} ${changes.join(", ")}`.trimEnd();
}
