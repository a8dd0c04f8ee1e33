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
import { taskProblem, taskProblemText } from "@/lib/schemas/formats/task-facts";
import type { BoardTask } from "@/lib/schemas/views";

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

const EXAMPLE: Partial<Record<FormatId, string>> = {
  http: '{"template": {"text": "{{prompt}}", "w": "{{width}}", "h": "{{height}}"}, "image": "images.0"}',
  comfyui: '{"workflow": {"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "{{prompt}}"}}}}',
};

/** The format that the form stands for now. */
export function useFormat(): FormatId {
  const [format, address] = useWatch<FormValues, ["format", "endpointUrl"]>({
    name: ["format", "endpointUrl"],
  });
  return formatOf({ format, endpointUrl: address });
}

/** What the endpoint speaks: as its host says, unless it is chosen; and that it does not serve the board's task, where it does not. */
export function FormatFields({ task }: { task: BoardTask }) {
  const [chosen, address] = useWatch<FormValues, ["format", "endpointUrl"]>({
    name: ["format", "endpointUrl"],
  });
  const format = useFormat();
  const unserved = taskProblem(format, orderTask(task, 0));
  return (
    <>
      <div>
        <Choice
          name="format"
          label="Format"
          options={[
            ["", "by the address"],
            ...FORMAT_IDS.map((id): [string, string] => [id, FORMATS[id].label]),
          ]}
        />
        <p role="status" className="text-muted mt-1.5 text-sm break-words">
          {chosen === "" && formatNote(address.trim())}{" "}
          {unserved !== null && <span className="text-alarm">{taskProblemText(unserved)}</span>}
        </p>
      </div>
      {needsOptions(format) && (
        <Field
          name="formatOptions"
          label={format === "http" ? "Request and answer" : "Workflow"}
          required
          placeholder={EXAMPLE[format]}
          hint="JSON with {{prompt}}, {{negative_prompt}}, {{width}}, {{height}}, {{seed}}, {{steps}}, {{guidance}}, and {{image}} for edits. Everything of it is written down in docs/endpoints.md."
        />
      )}
    </>
  );
}

/** What is taken from an address, in words; "" for one that says nothing yet. */
export function formatNote(address: string): string {
  if (!URL.canParse(address)) return "";
  const known = formatOfHost(address);
  const { hostname } = new URL(address);
  if (known === null) return `${FORMATS[chosenFormat(undefined, address)].label}, unless you choose another.`;
  if (known === "openai-images") return `${FORMATS[known].label} chosen.`;
  return `${hostname} speaks its own format: ${FORMATS[known].label} chosen.`;
}
