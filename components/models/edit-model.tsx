"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { needsOptions } from "@/lib/schemas/formats/format-options";
import { FORMAT_IDS, formatId, FORMATS, type FormatId } from "@/lib/schemas/formats/formats";
import type { ModelChanges } from "@/lib/schemas/submissions";
import type { ModelView } from "@/lib/schemas/views";

/** A field of the form: what it stands for, as it is now, and how it is sent. */
type Field = {
  name: keyof ModelChanges;
  label: string;
  now: string;
  /** @throws SyntaxError for what is no JSON where JSON is asked for */
  send?: (text: string) => unknown;
  hint?: string;
  type?: "password" | "date";
  /** Of a choice: what there is. */
  options?: [value: string, label: string][];
  /** Of a text of many lines. */
  rows?: number;
};

type Typed = Partial<Record<keyof ModelChanges, string>>;

const orNone = (text: string) => text || null;
/** What is no number is sent as it is, and refused by name. */
const numberOrNone = (text: string) =>
  text === "" ? null : Number.isNaN(Number(text)) ? text : Number(text);
const billionsOrNone = (text: string) => {
  const billions = numberOrNone(text);
  return typeof billions === "number" ? Math.round(billions * 1e9) : billions;
};

function fieldsOf(model: ModelView, typed: Typed): Field[] {
  const { endpoint } = model;
  const facts: Field[] = [
    {
      name: "pricePerImageUsd",
      label: "Price per image, US dollars",
      now: String(model.pricePerImageUsd ?? ""),
      send: numberOrNone,
    },
    {
      name: "priceSource",
      label: "Where the price is written down",
      now: "",
      hint: "Kept with a changed price.",
    },
    { name: "releasedAt", label: "Released", now: model.released ?? "", send: orNone, type: "date" },
    { name: "licence", label: "Licence", now: model.licence ?? "", send: orNone },
    {
      name: "parameters",
      label: "Parameters, billions",
      now: model.parameters === null ? "" : String(model.parameters / 1e9),
      send: billionsOrNone,
    },
    { name: "paradigm", label: "Paradigm", now: model.paradigm ?? "", send: orNone },
    { name: "architecture", label: "Architecture", now: model.architecture ?? "", send: orNone },
    { name: "representation", label: "Representation", now: model.representation ?? "", send: orNone },
    { name: "textConditioning", label: "Text conditioning", now: model.textConditioning ?? "", send: orNone },
  ];
  if (endpoint === null) return facts;
  const key = endpoint.hasKey
    ? `One is stored${endpoint.keyEnds === null ? "" : `, ending in ${endpoint.keyEnds}`}; `
    : "";
  return [
    ...facts,
    { name: "endpointUrl", label: "Address", now: endpoint.url },
    {
      name: "format",
      label: "Format",
      now: endpoint.format,
      options: FORMAT_IDS.map((id): [string, string] => [id, FORMATS[id].label]),
    },
    ...optionsField(endpoint, formatId.parse(typed.format ?? endpoint.format)),
    { name: "providerModel", label: "Model name at the endpoint", now: endpoint.providerModel },
    { name: "imageSize", label: "Image size", now: endpoint.imageSize },
    { name: "concurrency", label: "Requests at once", now: String(endpoint.concurrency), send: Number },
    {
      name: "timeoutSeconds",
      label: "Longest wait for an image, seconds",
      now: String(endpoint.timeoutSeconds),
      send: Number,
      hint: "10 to 900.",
    },
    { name: "apiKey", label: "New key", now: "", hint: `${key}a new one takes its place.`, type: "password" },
  ];
}

/** Of a format that is written down: its request, or its workflow. */
function optionsField(
  { format, formatOptions }: NonNullable<ModelView["endpoint"]>,
  chosen: FormatId,
): Field[] {
  if (!needsOptions(chosen)) return [];
  return [
    {
      name: "formatOptions",
      label: chosen === "http" ? "Request and answer" : "Workflow",
      now: chosen === format && formatOptions !== null ? JSON.stringify(formatOptions, null, 2) : "",
      send: (text) => JSON.parse(text) as unknown,
      hint: "JSON, as docs/endpoints.md says.",
      rows: 8,
    },
  ];
}

/** What its submitter may change of a model. Only what is another than before is sent. */
export function EditModel({ model }: { model: ModelView }) {
  const router = useRouter();
  const [opened, setOpened] = useState(model.revision);
  const [typed, setTyped] = useState<Typed>({});
  const fields = fieldsOf(model, typed);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; isProblem: boolean } | null>(null);
  const changed = fields.filter(({ name, now }) => (typed[name] ?? now).trim() !== now);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setSaid(null);
    try {
      const body = Object.fromEntries(
        changed.map(({ name, send = (text: string) => text }) => [name, send((typed[name] ?? "").trim())]),
      );
      const path = `/api/v1/models/${model.slug}`;
      const { revision } = await callApi<ModelView>(path, { method: "PATCH", body, revision: opened });
      setOpened(revision);
      setTyped({});
      setSaid({ text: "Saved.", isProblem: false });
      router.refresh();
    } catch (thrown) {
      const text =
        thrown instanceof SyntaxError ? "What was written is no JSON." : asApiError(thrown).message;
      setSaid({ text, isProblem: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="mt-6 max-w-2xl text-sm">
      <summary className="link w-fit py-2">Change the model</summary>
      <form
        onSubmit={(event) => void save(event)}
        className="mt-2 grid gap-4 sm:grid-cols-2"
        aria-label="Change the model"
      >
        {fields.map(({ name, label, now, hint, ...input }) => (
          <label key={name} className={input.rows === undefined ? undefined : "sm:col-span-2"}>
            <span className="text-muted mb-1 block">{label}</span>
            <Input
              {...input}
              value={typed[name] ?? now}
              onChange={(text) => setTyped({ ...typed, [name]: text })}
            />
            {hint && <span className="text-muted mt-1 block">{hint}</span>}
          </label>
        ))}
        {model.endpoint && (
          <p className="text-muted sm:col-span-2">
            With another address, format, name at the endpoint or size the model is of a new version (now{" "}
            {model.endpoint.version}
            ): earlier runs stay as they were made, and further ones are of the new version. Another address
            or format needs its key with it.
          </p>
        )}
        <div className="sm:col-span-2">
          <button type="submit" className="button-quiet button-small" disabled={busy || changed.length === 0}>
            {busy ? "One moment" : "Save the changes"}
          </button>
          {said && (
            <p
              role={said.isProblem ? "alert" : "status"}
              className={`mt-2 ${said.isProblem ? "text-alarm" : "text-muted"}`}
            >
              {said.text}
            </p>
          )}
        </div>
      </form>
    </details>
  );
}

function Input({
  type = "text",
  options,
  rows,
  value,
  onChange,
}: Pick<Field, "options" | "rows"> & {
  type?: Field["type"] | "text";
  value: string;
  onChange: (text: string) => void;
}) {
  const shared = {
    className: "field w-full",
    value,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  if (rows !== undefined) return <textarea {...shared} rows={rows} spellCheck={false} />;
  if (options === undefined)
    return <input {...shared} type={type} autoComplete={type === "password" ? "new-password" : undefined} />;
  return (
    <select {...shared}>
      {options.map(([id, label]) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}
