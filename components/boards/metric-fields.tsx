import { Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import type { BoardValues } from "@/components/boards/board-values";
import { ChoiceField } from "@/components/forms/choice-field";
import type { BoardChoices } from "@/lib/schemas/views";

/** Metrics of one board at most; the API says so too. */
const MOST = 4;

const Choice = ChoiceField<BoardValues>;

/** The encoders by which a board's runs are scored, each with the reference set that it measures distances to. */
export function MetricFields({ choices }: { choices: BoardChoices }) {
  const t = useTranslations("boards.metrics");
  const { fields, append, remove } = useFieldArray<BoardValues, "metrics">({ name: "metrics" });
  const { clearErrors, setValue, formState } = useFormContext<BoardValues>();
  const chosen = useWatch<BoardValues, "metrics">({ name: "metrics" });
  const fault = formState.errors.metrics?.root ?? formState.errors.metrics;
  const error = fault?.message;
  const free = choices.encoders.find((name) => !chosen.some(({ encoder }) => encoder === name));
  return (
    <fieldset aria-describedby="metrics-hint">
      <legend className="font-serif text-2xl">{t("title")}</legend>
      <p id="metrics-hint" className={`mt-1 text-sm ${error ? "text-alarm" : "text-muted"}`}>
        {error
          ? fault.type === "custom"
            ? t("twice")
            : t("problem", { error })
          : t.rich("hint", {
              link: (chunks) => (
                <Link href="/references" className="link">
                  {chunks}
                </Link>
              ),
            })}
      </p>
      {choices.unfinishedReferences.length > 0 && (
        <p role="note" className="bg-sunk mt-3 rounded-md px-4 py-3 text-sm">
          {t("unfinished", { names: choices.unfinishedReferences.join(", ") })}
        </p>
      )}
      <ul className="mt-4 grid gap-4">
        {fields.map(({ id }, index) => (
          <li key={id} className="grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto]">
            <Choice
              name={`metrics.${index}.encoder`}
              label={t("encoder")}
              options={choices.encoders.map((name) =>
                choices.videoEncoders.includes(name)
                  ? [name, t("ofVideos", { encoder: name })]
                  : [name, name, "name"],
              )}
              onChosen={(encoder) => {
                clearErrors("metrics");
                setValue(`metrics.${index}.reference`, referenceOf(choices, encoder));
              }}
            />
            <Choice
              // A new one with each encoder: a select shows no value that it has no option of yet.
              key={chosen[index]?.encoder}
              name={`metrics.${index}.reference`}
              label={t("reference")}
              options={[
                ["", t("noReference")],
                ...choices.references
                  .filter(({ encoder }) => encoder === chosen[index]?.encoder)
                  .map((set): [string, string, "name"] => [set.id, set.name, "name"]),
              ]}
            />
            <button
              type="button"
              className="button-quiet sm:mt-6.5"
              aria-label={t("removeEncoder", { encoder: chosen[index]?.encoder ?? "" })}
              onClick={() => {
                clearErrors("metrics");
                remove(index);
              }}
            >
              <Trash2 className="size-4" aria-hidden="true" />
              <span className="sm:sr-only">{t("remove")}</span>
            </button>
          </li>
        ))}
      </ul>
      {fields.length < MOST && free !== undefined && (
        <button
          type="button"
          className="button-quiet button-small mt-4"
          onClick={() => {
            clearErrors("metrics");
            append({ encoder: free, reference: referenceOf(choices, free) });
          }}
        >
          <Plus className="size-4" aria-hidden="true" /> {t("add")}
        </button>
      )}
    </fieldset>
  );
}

/** The first set under an encoder: the one that the site scores by where there is one. */
const referenceOf = ({ references }: BoardChoices, name: string) =>
  references.find(({ encoder }) => encoder === name)?.id ?? "";
