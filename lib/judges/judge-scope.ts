import { Prisma } from "@/lib/db/generated/client";
import { controls, type Asker } from "@/lib/models/visibility";
import type { JudgeView } from "@/lib/schemas/judges/judging";

/** Whose images a judge looks at, and who may know what of it. */

interface Owned {
  ownerId: string | null;
  admittedAt: Date | null;
}

/** Whether a judge speaks to everybody: the operator's and bundled ones do, a visitor's once the operator has admitted it. */
export const isPublicJudge = ({ ownerId, admittedAt }: Owned): boolean =>
  ownerId === null || admittedAt !== null;

/** Public judges, as a condition on "Judge". */
export const PUBLIC_JUDGE = {
  OR: [{ ownerId: null }, { admittedAt: { not: null } }],
} satisfies Prisma.JudgeWhereInput;

/** Judges that somebody may know of: public ones, and their own; those with an account who run the site, and so admit them, of all. */
export function judgesSeenBy(by: Asker): Prisma.JudgeWhereInput {
  if (by === "operator" || by.managesAll === true || (by.runsSite === true && by.isSignedIn === true))
    return {};
  return by.voterId === null ? PUBLIC_JUDGE : { OR: [...PUBLIC_JUDGE.OR, { ownerId: by.voterId }] };
}

/** SQL: the same of the row of judges with alias j. */
export const judgeSeenBy = (voterId: string | null): Prisma.Sql =>
  Prisma.sql`(j.owner_id is null or j.admitted_at is not null or j.owner_id = ${voterId})`;

/** Whether somebody controls a judge, and may know what it is called at its endpoint, its key's last digits, and its money. */
export const controlsJudge = ({ ownerId }: Pick<Owned, "ownerId">, by: Asker): boolean =>
  controls(ownerId, by);

/** A judge as everybody else sees it: what it costs, where it is and what its endpoint said are between it and its owner. */
export function withoutSecrets(view: JudgeView): JudgeView {
  return {
    ...view,
    providerModel: null,
    apiKeyLast4: null,
    budgetUsd: null,
    spentUsd: null,
    usdPerVerdict: null,
    pausedFor: null,
    withoutVerdict: view.withoutVerdict.map((each) => ({ ...each, example: "" })),
  };
}

/**
 * SQL: whether the judge in row j looks at images of the model in the row with this alias. A visitor's judge, until it is
 * admitted, at its owner's alone, private ones too. Every judge at those of the boards that chose it, but one that was not admitted
 * at no listed model of others: its owner could put the arena's models onto a board, and be sent their images by name. Where a board
 * takes all of
 * the site's judges, the bundled one, which costs nothing, at all listed models, and every other at those listed ones that the
 * operator added or approved, so that strangers cannot spend its money; and at its owner's.
 * @param alias of the "Model" row, trusted
 */
export function judges(alias: "m" | "l" | "r"): Prisma.Sql {
  const m = Prisma.raw(alias);
  return Prisma.sql`(case
    when j.owner_id is not null and j.admitted_at is null and ${m}.submitter_id = j.owner_id then true
    when exists (
      select from board_judges chosen join board_models standing on standing.board_id = chosen.board_id
      where chosen.judge_id = j.id and standing.model_id = ${m}.id and standing.state = 'MEMBER')
      then j.owner_id is null or j.admitted_at is not null or not ${m}.listed
    when j.owner_id is not null and j.admitted_at is null then false
    when not exists (
      select from board_models standing join boards b on b.id = standing.board_id and b.site_defaults
      where standing.model_id = ${m}.id and standing.state = 'MEMBER') then false
    when j.bundled then ${m}.listed
    else ${m}.listed and (${m}.submitter_id is null or ${m}.review = 'APPROVED' or ${m}.submitter_id = j.owner_id)
    end) is true`;
}
