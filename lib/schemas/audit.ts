import { z } from "zod";

/** Which events of the audit log are asked for. */
export const auditFilter = z.object({
  action: z.string().trim().min(1).max(60).optional().describe("such as boards.edit"),
  actor: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe("operator, system, user, visitor, token, or an id"),
  subject: z.string().trim().min(1).max(200).optional().describe("the id or the name of what was changed"),
  since: z.iso.date().optional().describe("a day (UTC): from its beginning on"),
  until: z.iso.date().optional().describe("a day (UTC): to its end"),
});
export type AuditFilter = z.infer<typeof auditFilter>;

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
