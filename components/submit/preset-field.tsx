import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { FieldNote } from "@/components/forms/text-field";
import { EMPTY_FORM, type FormValues } from "@/components/submit/form-values";
import { runParameterValues } from "@/components/submit/run-values";
import { needsOptions } from "@/lib/schemas/formats/format-options";
import { presetSubmission } from "@/lib/schemas/catalogue/preset-submission";
import type { Preset } from "@/lib/schemas/catalogue/preset";

/** The fields that a preset fills in. What it does not say is emptied: a fact of the one chosen before is none of this one's. */
export function presetValues(preset: Preset): Partial<FormValues> {
  const said = presetSubmission(preset);
  const { imageSize, steps = null, guidance = null, extraFields = {} } = said;
  const parameters = runParameterValues(
    { imageSize, seeds: "per-prompt", steps, guidance, negativePrompt: null, extraFields, extraHeaders: {} },
    preset.format,
  );
  return {
    ...parameters,
    preset: preset.id,
    name: said.name,
    creator: said.creator,
    endpointUrl: said.endpointUrl,
    format: said.format,
    ...(!needsOptions(said.format) && { formatOptions: "" }),
    providerModel: said.providerModel,
    timeoutSeconds: String(said.timeoutSeconds ?? ""),
    pricePerImageUsd: String(said.pricePerImageUsd ?? ""),
    priceSource: said.priceSource ?? "",
    openWeights: said.openWeights === undefined ? "" : said.openWeights ? "yes" : "no",
    licence: said.licence ?? "",
    parameters: said.parameters === undefined ? "" : String(said.parameters / 1e9),
    releasedAt: said.releasedAt ?? "",
    paradigm: said.paradigm ?? "",
    architecture: said.architecture ?? "",
    representation: said.representation ?? "",
    textConditioning: said.textConditioning ?? "",
  };
}

/** A known model by its name: what the catalogue says of it is filled in, and stays to be changed. A key is all that is missing. */
export function PresetField({ presets }: { presets: readonly Preset[] }) {
  const t = useTranslations("submit.preset");
  const { setValue, clearErrors } = useFormContext<FormValues>();
  const [chosen, setChosen] = useState<Preset | null>(null);
  const choose = (text: string) => {
    const preset = presets.find(({ name }) => name.toLowerCase() === text.trim().toLowerCase()) ?? null;
    if (preset === null && text.trim() !== "") return;
    setChosen(preset);
    const values = preset === null ? { preset: EMPTY_FORM.preset } : presetValues(preset);
    for (const [name, value] of Object.entries(values)) setValue(name as keyof FormValues, value);
    clearErrors();
  };
  return (
    <div>
      <label htmlFor="known-model" className="block font-serif text-2xl">
        {t("title")}
      </label>
      <p className="text-muted mt-1 text-sm">{t("about")}</p>
      <input
        id="known-model"
        className="field mt-3"
        list="known-models"
        placeholder={t("search")}
        autoComplete="off"
        spellCheck={false}
        aria-describedby="known-model-hint"
        onChange={({ target }) => choose(target.value)}
        // Of no form: Enter, by which a name is chosen, submits nothing.
        form="none"
      />
      <datalist id="known-models">
        {presets.map(({ id, name, creator }) => (
          <option key={id} value={name} translate="no">
            {creator}
          </option>
        ))}
      </datalist>
      <div role="status">
        <FieldNote id="known-model" hint={chosen === null ? null : noteOf(t, chosen)} />
      </div>
    </div>
  );
}

/** Where what was filled in comes from, and what of it is not certain. */
function noteOf(
  t: ReturnType<typeof useTranslations<"submit.preset">>,
  { source, price, unsure = [], licence, note }: Preset,
): string {
  const sentences = [t("from", { source: source.name, seen: source.seen })];
  if (price === undefined) sentences.push(t("noPrice"));
  if (licence !== undefined) sentences.push(t("licence", { licence }));
  if (unsure.length > 0)
    sentences.push(t("unsure", { facts: unsure.map((fact) => t("fact", { fact })).join(", ") }));
  if (note !== undefined) sentences.push(note);
  return sentences.join(" ");
}
