import Link from "next/link";
import { useTranslations } from "next-intl";
import { useFormState, useWatch } from "react-hook-form";
import type { BoardValues } from "@/components/boards/board-values";
import { FixedField } from "@/components/boards/fixed-field";
import { ChecksField } from "@/components/forms/checks-field";
import { ChoiceField } from "@/components/forms/choice-field";
import type { BoardChoices } from "@/lib/schemas/views";

const Choice = ChoiceField<BoardValues>;
const Checks = ChecksField<BoardValues>;

/** The board's first prompt set. */
export function PromptSetField({ choices, isFixed }: { choices: BoardChoices; isFixed: boolean }) {
  const t = useTranslations("boards");
  const chosen = useWatch<BoardValues, "promptSet">({ name: "promptSet" });
  const set = choices.promptSets.find(({ slug }) => slug === chosen);
  if (isFixed) {
    return (
      <FixedField label={t("settings.promptSet")} value={set?.name ?? chosen} kind="name">
        {t("promptSets.fixed")}
      </FixedField>
    );
  }
  return (
    <div>
      <Choice
        name="promptSet"
        label={t("settings.promptSet")}
        options={[
          ...(chosen === "" ? [["", t("promptSets.none")] as [string, string]] : []),
          ...choices.promptSets.map(({ slug, name, prompts }): [string, string] => [
            slug,
            t("promptSets.option", { name, n: prompts }),
          ]),
        ]}
      />
      <p className="text-muted mt-1.5 text-sm">
        {t.rich("promptSets.import", {
          link: (chunks) => (
            <Link href="/prompts/new" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}

/** Further prompt sets: of a board with votes those it has stay. */
export function FurtherSetsField({ choices, isFixed }: { choices: BoardChoices; isFixed: boolean }) {
  const t = useTranslations("boards");
  const first = useWatch<BoardValues, "promptSet">({ name: "promptSet" });
  const { defaultValues } = useFormState<BoardValues>();
  const others = choices.promptSets.filter(({ slug }) => slug !== first);
  const kept = isFixed ? (defaultValues?.furtherPromptSets ?? []) : [];
  if (others.length === 0) return null;
  return (
    <Checks
      name="furtherPromptSets"
      legend={t("settings.furtherPromptSets")}
      hint={t("promptSets.furtherHint")}
      options={others.map(({ slug, name, prompts }) => ({
        value: slug,
        label: t("promptSets.option", { name, n: prompts }),
        isKept: kept.includes(slug),
        note: kept.includes(slug) ? t("promptSets.kept") : undefined,
      }))}
    />
  );
}
