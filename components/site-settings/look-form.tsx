"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi, type ApiError } from "@/components/api-client";
import type { Difference } from "@/components/forms/edit-conflict";
import { useEdit } from "@/components/forms/use-edit";
import { useFormat } from "@/components/use-format";
import type { Offer } from "@/lib/schemas/offer";
import type { SettingsChange, SettingsView } from "@/lib/schemas/administration/settings";
import {
  FIRST_ACCENT,
  FIRST_NAME,
  LOOK_NAMES,
  type Look,
  type LookName,
} from "@/lib/schemas/administration/site-look";

const PATH = "/api/v1/settings";

type Texts = Record<"siteName" | "contact" | "accent" | "homeBoards" | "terms" | "privacy", string>;

const textsOf = (look: Look): Texts => ({
  siteName: look.siteName ?? "",
  contact: look.contact ?? "",
  accent: look.accent ?? "",
  homeBoards: look.homeBoards?.join(", ") ?? "",
  terms: look.terms ?? "",
  privacy: look.privacy ?? "",
});

/** What was changed, as the API takes it: an empty field goes back to what was there at first. */
function changeOf(texts: Texts, saved: Texts): SettingsChange {
  const names = (Object.keys(texts) as (keyof Texts)[]).filter((name) => texts[name].trim() !== saved[name]);
  return Object.fromEntries(
    names.map((name) => {
      const text = texts[name].trim();
      if (text === "") return [name, null];
      return [name, name === "homeBoards" ? text.split(/[\s,]+/).filter(Boolean) : text];
    }),
  );
}

/** Where what is set now is not what somebody wants to set. */
function useDifferences() {
  const t = useTranslations("site-settings.look");
  const { yesNo } = useFormat();
  const inWords = (value: SettingsChange[LookName]) => {
    if (value === null || value === undefined) return t("notSet");
    return typeof value === "boolean" ? yesNo(value) : String(value).slice(0, 200);
  };
  return (change: SettingsChange, { look }: SettingsView): Difference[] =>
    LOOK_NAMES.flatMap((name) => {
      const mine = change[name];
      if (mine === undefined || inWords(mine) === inWords(look[name])) return [];
      const label = t(name === "toybox" ? "toyboxShort" : `fields.${name}.label`);
      return [{ label, mine: inWords(mine), theirs: inWords(look[name]) }];
    });
}

/** The site's name, colour and texts, saved together. */
export function LookForm({ initial, changing }: { initial: SettingsView; changing: Offer }) {
  const t = useTranslations("site-settings");
  const differencesOf = useDifferences();
  const router = useRouter();
  const [opened, setOpened] = useState(initial);
  const [texts, setTexts] = useState(() => textsOf(initial.look));
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "saved">("idle");
  const saved = opened.look;
  const show = (settings: SettingsView) => {
    setOpened(settings);
    setTexts(textsOf(settings.look));
    router.refresh();
  };
  const { save, notice } = useEdit<SettingsChange>({
    send: async (body, revision) => show(await callApi<SettingsView>(PATH, { body, revision })),
    theirs: async (change) => differencesOf(change, await callApi<SettingsView>(PATH)),
    onTake: async () => show(await callApi<SettingsView>(PATH)),
    onError: (thrown) => setRefused(asApiError(thrown)),
  });
  const change = changeOf(texts, textsOf(saved));
  const send = async (body: SettingsChange) => {
    setState("busy");
    setRefused(null);
    setState((await save(body, opened.revision)) ? "saved" : "idle");
  };
  const type = (name: keyof Texts, text: string) => {
    setState("idle");
    setTexts({ ...texts, [name]: text });
  };
  return (
    <form
      className="card mt-8 max-w-3xl p-5"
      aria-labelledby="look"
      onSubmit={(event) => {
        event.preventDefault();
        void send(change);
      }}
    >
      <fieldset className="grid gap-5" disabled={state === "busy" || changing.kind !== "open"}>
        <h2 id="look" className="text-xl">
          {t("look.title")}
        </h2>
        <Fields
          names={["siteName", "accent", "contact", "homeBoards"]}
          texts={texts}
          problem={refused}
          type={type}
        />
        <label className="flex items-baseline gap-3">
          <input
            type="checkbox"
            checked={saved.toybox ?? true}
            onChange={({ target }) => void send({ toybox: target.checked })}
          />
          <span>
            {t("look.toybox")}
            {saved.toybox === null && <span className="text-muted"> {t("look.toyboxUnset")}</span>}
          </span>
        </label>
        <Fields names={["terms", "privacy"]} texts={texts} problem={refused} type={type} />
        <div className="flex flex-wrap items-center gap-4">
          <button type="submit" className="button-primary" disabled={Object.keys(change).length === 0}>
            {t(state === "busy" ? "wait" : "save")}
          </button>
          <span role="status" className="text-muted text-sm">
            {state === "saved" && t("saved")}
          </span>
        </div>
      </fieldset>
      {changing.kind !== "open" && <p className="text-muted mt-4 text-sm">{changing.text}</p>}
      {notice}
      {refused && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {refused.message}
        </p>
      )}
    </form>
  );
}

const PLACEHOLDERS: Partial<Texts> = { siteName: FIRST_NAME, accent: FIRST_ACCENT };
const ROWS: Partial<Record<keyof Texts, number>> = { terms: 6, privacy: 6 };

function Fields({
  names,
  texts,
  problem,
  type,
}: {
  names: (keyof Texts)[];
  texts: Texts;
  problem: ApiError | null;
  type: (name: keyof Texts, text: string) => void;
}) {
  const t = useTranslations("site-settings.look.fields");
  return names.map((name) => {
    const rows = ROWS[name];
    const shared = {
      id: `look-${name}`,
      className: "field",
      value: texts[name],
      placeholder: PLACEHOLDERS[name],
      translate: "no" as const,
      // A list's problem names the one at fault: homeBoards.0
      "aria-invalid": problem?.field?.split(".")[0] === name,
      "aria-describedby": `look-${name}-note`,
      onChange: ({ target }: { target: { value: string } }) => type(name, target.value),
    };
    return (
      <div key={name} className="grid gap-1">
        <label htmlFor={shared.id} className="font-medium">
          {t(`${name}.label`)}
        </label>
        {rows === undefined ? <input {...shared} /> : <textarea rows={rows} {...shared} />}
        <p id={`look-${name}-note`} className="text-muted text-sm">
          {t(`${name}.note`)}
        </p>
      </div>
    );
  });
}
