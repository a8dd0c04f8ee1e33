import { counted } from "@/components/format";
import type { PrivacyPage, PrivacySummary } from "@/lib/schemas/accounts/privacy";

const NAMES: Record<keyof PrivacySummary, [string, string]> = {
  votes: ["vote", "votes"],
  ownPrompts: ["prompt of your own", "prompts of your own"],
  models: ["model", "models"],
  boards: ["board", "boards"],
  promptSets: ["prompt set", "prompt sets"],
  references: ["reference set", "reference sets"],
  judges: ["judge", "judges"],
};

/** How much of somebody is here, and the way to take it along. */
export function OwnSummary({ page: { isKnown, hasAccount, summary } }: { page: PrivacyPage }) {
  const parts = (Object.keys(NAMES) as (keyof PrivacySummary)[])
    .filter((name) => summary[name] > 0)
    .map((name) => counted(summary[name], ...NAMES[name]));
  return (
    <section className="mt-10 grid max-w-2xl gap-4" aria-labelledby="own-heading">
      <h2 id="own-heading" className="text-xl">
        Your data
      </h2>
      {!isKnown ? (
        <p>Nothing is stored about this browser.</p>
      ) : (
        <>
          <p>
            {hasAccount ? "Your account has" : "This browser, known by a cookie alone, has"}{" "}
            {parts.length === 0 ? "nothing beside it so far" : parts.join(", ")}.
          </p>
          <p>
            <a className="button-quiet w-fit" href="/api/v1/privacy/export" download>
              Export your data
            </a>
          </p>
          <p className="text-muted text-sm">
            One file in JSON lines: account, votes, prompts of your own with the addresses of their images,
            models, runs, boards, prompt sets, comparisons, tokens by name, and what you changed.
          </p>
        </>
      )}
    </section>
  );
}
