"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import type { ModelWords } from "@/components/models/page-text";
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
  /** Of a choice: what there is, by its own name. */
  options?: [value: string, label: string][];
  /** Of a text of many lines. */
  rows?: number;
};

type Typed = Partial<Record<keyof ModelChanges, string>>;

const STACK = ["paradigm", "architecture", "representation", "textConditioning"] as const;

const orNone = (text: string) => text || null;
/** What is no number is sent as it is, and refused by name. */
const numberOrNone = (text: string) =>
  text === "" ? null : Number.isNaN(Number(text)) ? text : Number(text);
const billionsOrNone = (text: string) => {
  const billions = numberOrNone(text);
  return typeof billions === "number" ? Math.round(billions * 1e9) : billions;
};

function fieldsOf(t: ModelWords, model: ModelView, typed: Typed): Field[] {
  const { endpoint } = model;
  const facts: Field[] = [
    {
      name: "pricePerImageUsd",
      label: t("edit.price"),
      now: String(model.pricePerImageUsd ?? ""),
      send: numberOrNone,
    },
    {
      name: "priceSource",
      label: t("edit.priceSource"),
      now: "",
      hint: t("edit.priceSourceHint"),
    },
    {
      name: "releasedAt",
      label: t("facts.released"),
      now: model.released ?? "",
      send: orNone,
      type: "date",
    },
    { name: "licence", label: t("facts.licence"), now: model.licence ?? "", send: orNone },
    {
      name: "parameters",
      label: t("edit.parameters"),
      now: model.parameters === null ? "" : String(model.parameters / 1e9),
      send: billionsOrNone,
    },
    ...STACK.map((name) => ({ name, label: t(`facts.${name}`), now: model[name] ?? "", send: orNone })),
  ];
  if (endpoint === null) return facts;
  const { hasKey, keyEnds } = endpoint;
  const stored = !hasKey ? "no" : keyEnds === null ? "yes" : "ends";
  return [
    ...facts,
    { name: "endpointUrl", label: t("edit.address"), now: endpoint.url },
    {
      name: "format",
      label: t("edit.format"),
      now: endpoint.format,
      options: FORMAT_IDS.map((id): [string, string] => [id, FORMATS[id].label]),
    },
    ...optionsField(t, endpoint, formatId.parse(typed.format ?? endpoint.format)),
    { name: "providerModel", label: t("edit.providerModel"), now: endpoint.providerModel },
    { name: "imageSize", label: t("edit.imageSize"), now: endpoint.imageSize },
    { name: "concurrency", label: t("edit.concurrency"), now: String(endpoint.concurrency), send: Number },
    {
      name: "timeoutSeconds",
      label: t("edit.timeout"),
      now: String(endpoint.timeoutSeconds),
      send: Number,
      hint: t("edit.timeoutHint"),
    },
    {
      name: "apiKey",
      label: t("edit.newKey"),
      now: "",
      hint: t("edit.newKeyHint", { stored, ends: keyEnds ?? "" }),
      type: "password",
    },
  ];
}

/** Of a format that is written down: its request, or its workflow. */
function optionsField(
  t: ModelWords,
  { format, formatOptions }: NonNullable<ModelView["endpoint"]>,
  chosen: FormatId,
): Field[] {
  if (!needsOptions(chosen)) return [];
  return [
    {
      name: "formatOptions",
      label: t(chosen === "http" ? "edit.request" : "edit.workflow"),
      now: chosen === format && formatOptions !== null ? JSON.stringify(formatOptions, null, 2) : "",
      send: (text) => JSON.parse(text) as unknown,
      hint: t("edit.optionsHint"),
      rows: 8,
    },
  ];
}

/** What its submitter may change of a model. Only what is another than before is sent. */
export function EditModel({ model }: { model: ModelView }) {
  const t = useTranslations("models");
  const router = useRouter();
  const [opened, setOpened] = useState(model.revision);
  const [typed, setTyped] = useState<Typed>({});
  const fields = fieldsOf(t, model, typed);
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
      setSaid({ text: t("edit.saved"), isProblem: false });
      router.refresh();
    } catch (thrown) {
      const text = thrown instanceof SyntaxError ? t("edit.noJson") : asApiError(thrown).message;
      setSaid({ text, isProblem: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="mt-6 max-w-2xl text-sm">
      <summary className="link w-fit py-2">{t("edit.title")}</summary>
      <form
        onSubmit={(event) => void save(event)}
        className="mt-2 grid gap-4 sm:grid-cols-2"
        aria-label={t("edit.title")}
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
          <p className="text-muted sm:col-span-2">{t("edit.version", { version: model.endpoint.version })}</p>
        )}
        <div className="sm:col-span-2">
          <button type="submit" className="button-quiet button-small" disabled={busy || changed.length === 0}>
            {t(busy ? "edit.wait" : "edit.save")}
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
        <option key={id} value={id} translate="no">
          {label}
        </option>
      ))}
    </select>
  );
}
