import Link from "next/link";
import { useFormState, useWatch } from "react-hook-form";
import type { BoardValues } from "@/components/boards/board-values";
import { FixedField } from "@/components/boards/fixed-field";
import { ChecksField } from "@/components/forms/checks-field";
import { ChoiceField } from "@/components/forms/choice-field";
import { counted } from "@/components/format";
import type { BoardChoices } from "@/lib/schemas/views";

const Choice = ChoiceField<BoardValues>;
const Checks = ChecksField<BoardValues>;

/** The board's first prompt set. */
export function PromptSetField({ choices, isFixed }: { choices: BoardChoices; isFixed: boolean }) {
  const chosen = useWatch<BoardValues, "promptSet">({ name: "promptSet" });
  const set = choices.promptSets.find(({ slug }) => slug === chosen);
  if (isFixed) {
    return (
      <FixedField label="Prompt set" value={set?.name ?? chosen}>
        The board has votes on these prompts: for others, make a new board.
      </FixedField>
    );
  }
  return (
    <div>
      <Choice
        name="promptSet"
        label="Prompt set"
        options={[
          ...(chosen === "" ? [["", "none to choose yet"] as [string, string]] : []),
          ...choices.promptSets.map(({ slug, name, prompts }): [string, string] => [
            slug,
            `${name}, ${counted(prompts, "prompt")}`,
          ]),
        ]}
      />
      <p className="text-muted mt-1.5 text-sm">
        Every model generates for all of it.{" "}
        <Link href="/prompts/new" className="link">
          Import a set
        </Link>
      </p>
    </div>
  );
}

/** Further prompt sets: of a board with votes those it has stay. */
export function FurtherSetsField({ choices, isFixed }: { choices: BoardChoices; isFixed: boolean }) {
  const first = useWatch<BoardValues, "promptSet">({ name: "promptSet" });
  const { defaultValues } = useFormState<BoardValues>();
  const others = choices.promptSets.filter(({ slug }) => slug !== first);
  const kept = isFixed ? (defaultValues?.furtherPromptSets ?? []) : [];
  if (others.length === 0) return null;
  return (
    <Checks
      name="furtherPromptSets"
      legend="Further prompt sets"
      hint="Battles are over all sets; metrics over one at a time. An endpoint that is submitted gets a run over each."
      options={others.map(({ slug, name, prompts }) => ({
        value: slug,
        label: `${name}, ${counted(prompts, "prompt")}`,
        isKept: kept.includes(slug),
        note: kept.includes(slug) ? "The board has votes: it keeps this set." : undefined,
      }))}
    />
  );
}
