import type { Via } from "@/lib/audit/actor";
import { Prisma } from "@/lib/db/generated/client";
import type { ModelReview } from "@/lib/db/generated/enums";
import type { KeptOff } from "@/lib/schemas/submissions";
import type { SubmittedBy } from "@/lib/schemas/stack/stack-facts";

/** Who may see what of a model, its runs and its images, and what is said of where it came from. */

/**
 * Who wants something: the operator at the command line, or somebody by cookie, session or token (voterId null: nobody known).
 * `runsSite`: they run what belongs to the site itself, too ("site.run" of lib/access/actions.ts); `managesAll`: and what belongs to
 * others ("others.manage").
 */
export type Asker = "operator" | Visitor;

export interface Visitor {
  voterId: string | null;
  runsSite?: boolean;
  managesAll?: boolean;
  /** Whether they have an account here, and are signed in with it. */
  isSignedIn?: boolean;
  /** For the audit log. */
  via?: Via;
  /** The run that they see by a secret link (lib/runs/run-links.ts), whoever they are: that one, and nothing else of its owner's. */
  linkedRun?: string;
  /** The revision of what they edit that they had read, where they said one (lib/edits). */
  read?: number;
}

interface Owned {
  submitterId: string | null;
}

/** Who looks at something. */
export type Viewer = Pick<Visitor, "managesAll" | "linkedRun" | "runsSite"> & { voterId?: string | null };

/** Whether a visitor submitted the model: a private one is theirs to see, and they control it. */
export function isOwn(model: Owned | null | undefined, voterId: string | null | undefined): boolean {
  return !!model && !!voterId && model.submitterId === voterId;
}

/** Whether somebody may see a model with its runs and images: listed ones are everybody's, others their submitter's and admins'. */
export function maySee(model: (Owned & { listed: boolean }) | null | undefined, by: Viewer): boolean {
  return !!model && (model.listed || by.managesAll === true || isOwn(model, by.voterId));
}

/** Whether somebody may see a run with its samples: who may see its model, and who opened a secret link to it. */
export function maySeeRun(
  run: { id: string; model: Owned & { listed: boolean } } | null | undefined,
  by: Viewer,
): boolean {
  return !!run && (maySee(run.model, by) || run.id === by.linkedRun);
}

/** Whether somebody may change a model and control its runs: who submitted it, admins, and the operator. */
export function mayChangeModel(model: Owned, by: Asker): boolean {
  return by === "operator" || by.managesAll === true || isOwn(model, by.voterId);
}

/**
 * Whether somebody has a thing of an owner in hand: their own, or the site's (ownerId null) where they run the site; admins and the
 * operator everybody's.
 */
export function controls(ownerId: string | null, by: Asker): boolean {
  if (by === "operator" || by.managesAll === true) return true;
  return ownerId === null ? by.runsSite === true : ownerId === by.voterId;
}

/** SQL: `maySee` of the row of models with alias m, for who submitted it; lists leave out what belongs to others. */
export const visibleTo = (voterId: string | null | undefined): Prisma.Sql =>
  Prisma.sql`(m.listed or m.submitter_id = ${voterId ?? null})`;

/** Where a model came from, as everybody may know. */
export function submittedBy(model: Owned & { bundled: boolean }): SubmittedBy {
  if (model.bundled) return "bundled";
  return model.submitterId === null ? "operator" : "visitor";
}

/** What stands between a model and its board; null: nothing does. */
export function keepsOffBoard(model: { hiddenAt: Date | null; review: ModelReview }): KeptOff["why"] | null {
  if (model.hiddenAt !== null) return "hidden";
  if (model.review === "WAITING") return "waiting";
  return model.review === "REJECTED" ? "rejected" : null;
}

/** The same for who asks: between the operator and who submitted the model. */
export function keptOffFor(
  model: Owned & { hiddenAt: Date | null; review: ModelReview; reviewReason: string | null },
  voterId: string | null | undefined,
): KeptOff | null {
  const why = keepsOffBoard(model);
  if (why === null || !isOwn(model, voterId)) return null;
  return { why, reason: why === "rejected" ? model.reviewReason : null };
}
