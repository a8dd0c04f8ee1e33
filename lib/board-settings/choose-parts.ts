import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import { controlsJudge, judgesSeenBy } from "@/lib/judges/judge-scope";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";
import { encodersHere } from "@/lib/references/list-references";
import type { BoardCreation } from "@/lib/schemas/boards";

/**
 * The prompt set that a board asks for.
 * @throws SalonError invalid_request for one that is not there, that who asks may not see, or that was put away
 */
export async function choosePromptSet(
  slug: string,
  by: Asker,
  tx: Tx,
  field: "promptSet" | "furtherPromptSets" = "promptSet",
): Promise<string> {
  const set = await findPromptSet({ slug, by }, tx).catch((error: unknown) => {
    if (error instanceof SalonError && error.code === "not_found") return null;
    throw error;
  });
  if (set !== null && set.archivedAt === null) return set.id;
  throw new SalonError("invalid_request", `There is no prompt set ${JSON.stringify(slug)} to choose.`, {
    field,
  });
}

/**
 * The further prompt sets that a board asks for, in their order.
 * @param first the board's first
 * @throws SalonError invalid_request for one that is not there, or that is named twice
 */
export async function chooseFurtherSets(
  slugs: readonly string[],
  first: string,
  by: Asker,
  tx: Tx,
): Promise<{ promptSetId: string; position: number }[]> {
  const ids = [];
  for (const slug of slugs) ids.push(await choosePromptSet(slug, by, tx, "furtherPromptSets"));
  if (new Set([first, ...ids]).size <= ids.length) {
    throw new SalonError("invalid_request", "Each prompt set stands on a board once.", {
      field: "furtherPromptSets",
    });
  }
  return ids.map((promptSetId, i) => ({ promptSetId, position: i + 1 }));
}

/**
 * The encoders of a board's metrics, each with a built reference set of its own features.
 * @throws SalonError invalid_request naming what is not there
 */
export async function chooseMetrics(
  metrics: BoardCreation["metrics"],
  tx: Tx,
): Promise<{ encoder: string; referenceId: string | null }[]> {
  const here = await encodersHere();
  const chosen = [];
  for (const [i, { encoder, reference }] of metrics.entries()) {
    if (!here.includes(encoder)) {
      throw new SalonError(
        "invalid_request",
        `There is no encoder ${JSON.stringify(encoder)} here; there are ${here.join(", ")}.`,
        { field: `metrics.${i}.encoder` },
      );
    }
    const set = reference === null ? null : await tx.referenceSet.findUnique({ where: { id: reference } });
    if (reference !== null && (set?.state !== "READY" || set.encoderId.split("@")[0] !== encoder)) {
      throw new SalonError(
        "invalid_request",
        `There is no built reference set ${JSON.stringify(reference)} under ${encoder}.`,
        { field: `metrics.${i}.reference` },
      );
    }
    chosen.push({ encoder, referenceId: reference });
  }
  return chosen;
}

/**
 * The judges that a board asks for: of a visitor's board the visitor's own, and those that cost nothing.
 * @throws SalonError invalid_request naming the one that is not there, forbidden for one whose calls somebody else pays
 */
export async function chooseJudges(slugs: readonly string[], by: Asker, tx: Tx): Promise<string[]> {
  const judges = await tx.judge.findMany({ where: { slug: { in: [...slugs] }, ...judgesSeenBy(by) } });
  return slugs.map((slug) => {
    const judge = judges.find((each) => each.slug === slug);
    if (judge === undefined) {
      throw new SalonError("invalid_request", `There is no judge ${JSON.stringify(slug)} here.`, {
        field: "judges",
      });
    }
    if (judge.bundled || controlsJudge(judge, by)) return judge.id;
    throw new SalonError(
      "forbidden",
      `${judge.name} is paid by who added it: only they have it judge a board.`,
      {
        field: "judges",
      },
    );
  });
}
