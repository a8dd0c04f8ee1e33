import { z } from "zod";
import { filterDay, filterText } from "@/lib/schemas/administration/filter-fields";

/** Which events of the audit log are asked for; an empty text asks for all. Days are UTC's, both included. */
export const auditFilter = z.object({
  /** Such as boards.edit. */
  action: filterText(60),
  /** user, visitor, token, operator, system, or an id. */
  actor: filterText(60),
  /** The id or the label of what was changed. */
  subject: filterText(200),
  since: filterDay,
  until: filterDay,
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** The number of an event. */
export const eventNumber = z.string().regex(/^\d{1,18}$/, "must be the number of an event");

const fields = z.record(z.string(), z.unknown()).nullable();

export const auditEvent = z.object({
  id: z.string().describe("1, 2, 3, ... in the order of the chain"),
  at: z.iso.datetime(),
  actor: z.enum(["user", "visitor", "token", "operator", "system"]),
  actorId: z.string().nullable().describe("of the account, voter or token; of them alone"),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  subject: z.string(),
  before: fields.describe("the fields that changed, as they were; null: it is new"),
  after: fields.describe("the fields that changed, as they are; null: it is gone"),
  hash: z.string(),
});
export type AuditEventView = z.infer<typeof auditEvent>;

export const auditPage = z.object({
  events: z.array(auditEvent),
  next: z.string().nullable().describe("give it as `before` for the next page; null: this was the last"),
});
export type AuditPage = z.infer<typeof auditPage>;
