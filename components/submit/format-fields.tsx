import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import type { FormValues } from "@/components/submit/form-values";
import { formatOf } from "@/components/submit/run-values";
import { needsOptions } from "@/lib/schemas/formats/format-options";
import {
  chosenFormat,
  FORMAT_IDS,
  formatOfHost,
  FORMATS,
  type FormatId,
} from "@/lib/schemas/formats/formats";
import { orderTask } from "@/lib/schemas/formats/order-task";
import { taskProblem } from "@/lib/schemas/formats/task-facts";
import type { BoardTask } from "@/lib/schemas/views";

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

const EXAMPLE: Partial<Record<FormatId, string>> = {
  http: '{"template": {"text": "{{prompt}}", "w": "{{width}}", "h": "{{height}}"}, "image": "images.0"}',
  comfyui: '{"workflow": {"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "{{prompt}}"}}}}',
};

/** What a template may hold for every task. */
const NAMES = "{{prompt}}, {{negative_prompt}}, {{width}}, {{height}}, {{seed}}, {{steps}}, {{guidance}}";

/** The format that the form stands for now. */
export function useChosenFormat(): FormatId {
  const [format, address] = useWatch<FormValues, ["format", "endpointUrl"]>({
    name: ["format", "endpointUrl"],
  });
  return formatOf({ format, endpointUrl: address });
}

/** What the endpoint speaks: as its host says, unless it is chosen; and that it does not serve the board's task, where it does not. */
export function FormatFields({ task }: { task: BoardTask }) {
  const t = useTranslations("submit.format");
  const [chosen, address] = useWatch<FormValues, ["format", "endpointUrl"]>({
    name: ["format", "endpointUrl"],
  });
  const format = useChosenFormat();
  const isServed = taskProblem(format, orderTask(task, 0)) === null;
  return (
    <>
      <div>
        <Choice
          name="format"
          label={t("label")}
          options={[
            ["", t("byAddress")],
            ...FORMAT_IDS.map((id): [string, string, "name"?] =>
              id === "http" ? [id, t("anyHttp")] : [id, FORMATS[id].label, "name"],
            ),
          ]}
        />
        <p role="status" className="text-muted mt-1.5 text-sm break-words">
          {chosen === "" && formatNote(t, address.trim())}{" "}
          {!isServed && (
            <span className="text-alarm">
              {t("notServed", { format: format === "http" ? t("anyHttp") : FORMATS[format].label, task })}
            </span>
          )}
        </p>
      </div>
      {needsOptions(format) && (
        <Field
          name="formatOptions"
          label={t("options", { format })}
          required
          placeholder={EXAMPLE[format]}
          translate="no"
          hint={t("optionsHint", { names: NAMES, image: "{{image}}" })}
        />
      )}
    </>
  );
}

/** What is taken from an address, in words; "" for one that says nothing yet. */
function formatNote(t: ReturnType<typeof useTranslations<"submit.format">>, address: string): string {
  if (!URL.canParse(address)) return "";
  const known = formatOfHost(address);
  const { hostname } = new URL(address);
  if (known === null) return t("assumed", { format: FORMATS[chosenFormat(undefined, address)].label });
  const format = FORMATS[known].label;
  return known === "openai-images" ? t("chosen", { format }) : t("ofHost", { host: hostname, format });
}
